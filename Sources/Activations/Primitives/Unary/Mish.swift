import Foundation

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

  @inlinable public static func value(_ x: Double) -> Double { valueAndDerivative(x).value }
  @inlinable public static func derivative(_ x: Double) -> Double {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    let e = exp(-abs(x))
    let numerator = x < 0 ? e * (e + 2) : 1 + 2 * e
    let rest = x < 0 ? 2 : 2 * e * e
    let r = 1 / (numerator + rest)
    let t = numerator * r
    let sigmoid = (x < 0 ? e : 1) / (1 + e)
    let lowest = x < -1000 ? -1000 : x
    let held = lowest > 1000 ? 1000 : lowest
    return (lowest * t, t + held * (rest * r * (1 + t)) * sigmoid)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("Mish"), [argument])
  }
}
