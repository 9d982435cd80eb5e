// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x` for x > 0, `a·x` below, a learnable: the parametric rectifier.
///
/// a starts at 0.25. Slope 1 above 0 and a below; at 0 it is a, as in PyTorch. Slope by a min(x,
/// 0). With a = 0.01 it is `leaky_relu`. Source: He, Zhang, Ren, Sun 2015 ("Delving deep into
/// rectifiers").
public enum PReLU: LearnableUnaryPrimitive {
  public static let name = "prelu"
  public static let formula = "x if x > 0, else β · x"
  public static let latex = "\\begin{cases} x & x > 0 \\\\ \\beta x & x \\le 0 \\end{cases}"
  public static let scalars = [
    LearnableScalar("a", start: InitialScalar(mean: 0.25, standardDeviation: 0))
  ]

  public static let kinks = [
    Kink(
      at: 0, value: 0, derivative: 0.25, slopeBelow: 0.25, slopeAbove: 1,
      reason: "the slope of the left side, as in PyTorch; here as it starts")
  ]

  @inlinable public static func value<Number: Elementary>(
    _ x: Number, _ constants: [Number]
  ) -> Number {
    .select(x > 0, x, constants[0] * x)
  }
  @inlinable public static func derivative<Number: Elementary>(
    _ x: Number, _ constants: [Number]
  ) -> Number {
    .select(x > 0, 1, constants[0])
  }
  @inlinable public static func derivative<Number: Elementary>(
    byScalar index: Int, _ x: Number, _ constants: [Number]
  ) -> Number {
    .select(x > 0, 0, x)
  }

  public static func notation(of argument: Notation, scalars: [Notation]) -> Notation {
    .call(name, latex: Notation.operatorName("PReLU"), [argument] + scalars)
  }
}
