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
    let lowest = x.atLeast(-7).named("lowest")
    let held = lowest.atMost(1000).named("held")
    let power = (-lowest).exponential.named("e")
    let gate = (-power).exponential
    return (lowest * gate, gate * (1 + held * power))
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("GoLU"), [argument])
  }
}
