// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x · tanh(eˣ)`.
///
/// Slope tanh(eˣ) + x·eˣ·(1 − tanh²(eˣ)). Above 4, where tanh(eˣ) is 1 and the second summand less
/// than its last digit, it is x; below −1000, where eˣ is exactly 0, x is held there. Source: Liu,
/// Di 2021.
public enum TanhExp: UnaryPrimitive {
  public static let name = "tanhexp"
  public static let formula = "x · tanh(eˣ)"
  public static let latex = "x \\tanh\\left(e^{x}\\right)"
  public static let traits: Traits = [.gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).value
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    // What code computes above 4, too, must not overflow.
    let inner = x.atLeast(-1000).atMost(4).named("inner")
    return Number.select(x > 4) {
      (x, 1)
    } otherwise: {
      let power = inner.exponential.named("e")
      let tangent = power.hyperbolicTangent.named("t")
      return (inner * tangent, tangent + inner * power * (1 - tangent * tangent))
    }
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("TanhExp"), [argument])
  }
}
