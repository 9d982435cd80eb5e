// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x · σ(x)`: the sigmoid linear unit, or swish with β = 1.
///
/// Slope σ(x)·(1 + x·σ(−x)). Beyond ±1000, where σ is exactly 0 or 1, x is held there inside the
/// factors that vanish, so that no 0 · ∞ arises. Source: Elfwing, Uchibe, Doya 2018.
public enum SiLU: UnaryPrimitive {
  public static let name = "silu"
  public static let formula = "x · σ(x)"
  public static let latex = "x \\, \\sigma\\left(x\\right)"
  public static let traits: Traits = [.keepsNotNegative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).value
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    let power = (-x.magnitude).exponential.named("e")
    let reciprocal = 1 / (1 + power)
    let right = Number.select(x < 0, power * reciprocal, reciprocal).named("right")  // σ(x)
    let left = Number.select(x < 0, reciprocal, power * reciprocal)  // σ(−x)
    let lowest = x.atLeast(-1000).named("lowest")
    let held = lowest.atMost(1000)
    return (lowest * right, right * (1 + held * left))
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("SiLU"), [argument])
  }
}
