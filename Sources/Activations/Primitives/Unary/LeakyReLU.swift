// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x` for x > 0, `0.01·x` below.
///
/// Slope 1 above 0 and 0.01 below; at 0 it is 0.01, as in PyTorch. Source: Maas, Hannun, Ng 2013.
public enum LeakyReLU: UnaryPrimitive {
  public static let name = "leaky_relu"
  public static let formula = "x if x > 0, else 0.01 · x"
  public static let latex = "\\begin{cases} x & x > 0 \\\\ 0.01\\,x & x \\le 0 \\end{cases}"
  public static let traits: Traits = [.identityAboveZero, .gentle]

  public static let kinks = [
    Kink(
      at: 0, value: 0, derivative: 0.01, slopeBelow: 0.01, slopeAbove: 1,
      reason: "the slope of the left side, as in PyTorch")
  ]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    .select(x > 0, x, 0.01 * x)
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    .select(x > 0, 1, 0.01)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("LeakyReLU"), [argument])
  }
}
