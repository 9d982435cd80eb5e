import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x · e^(−e⁻ˣ)`: the Gompertz linear unit, x gated by Gompertz's distribution function.
///
/// Slope g(x)·(1 + x·e⁻ˣ), g the gate. Below −7, where g is exactly 0 because e⁷ > 745, x is held
/// there: g(x)·e⁻ˣ would be 0 · ∞. Above 1000, where e⁻ˣ is exactly 0, x is held in the factor that
/// vanishes. An exponential multiplies relative errors by its argument: the left tail keeps 13
/// digits. Source: Das, Safari, Hutter et al. 2025.
public enum GoLU: UnaryPrimitive {
  public static let name = "golu"
  public static let formula = "x · e^(−e⁻ˣ)"
  public static let latex = "x \\, e^{-e^{-x}}"

  @inlinable public static func value(_ x: Double) -> Double { valueAndDerivative(x).value }
  @inlinable public static func derivative(_ x: Double) -> Double {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    let lowest = x < -7 ? -7 : x
    let held = lowest > 1000 ? 1000 : lowest
    let e = exp(-lowest)
    let gate = exp(-e)
    return (lowest * gate, gate * (1 + held * e))
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("GoLU"), [argument])
  }
}
