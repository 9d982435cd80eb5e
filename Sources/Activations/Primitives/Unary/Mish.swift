// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x · tanh(softplus(x))`.
///
/// With n = eˣ(eˣ + 2), tanh(softplus(x)) = n / (n + 2), which keeps the digits of both tails; for
/// x ≥ 0 numerator and denominator are divided by e²ˣ. Slope t + x·(1 − t²)·σ(x), with 1 − t =
/// 2 / (n + 2). Below −1000, where t is exactly 0, x is held there; above 1000 in the factor that
/// vanishes. Source: Misra 2019.
public enum Mish: UnaryPrimitive {
  public static let name = "mish"
  public static let formula = "x · tanh(ln(1 + eˣ))"
  public static let latex = "x \\tanh\\left(\\ln\\left(1 + e^{x}\\right)\\right)"
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
    let power = (-x.magnitude).exponential.named("e")
    let numerator = Number.select(x < 0, power * (power + 2), 1 + 2 * power).named("n")
    let rest = Number.select(x < 0, 2, 2 * power * power).named("rest")
    let reciprocal = 1 / (numerator + rest)
    let tangent = (numerator * reciprocal).named("t")
    let sigmoid = .select(x < 0, power, 1) / (1 + power)
    let lowest = x.atLeast(-1000).named("lowest")
    let held = lowest.atMost(1000)
    return (
      lowest * tangent, tangent + held * (rest * reciprocal * (1 + tangent)) * sigmoid
    )
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("Mish"), [argument])
  }
}
