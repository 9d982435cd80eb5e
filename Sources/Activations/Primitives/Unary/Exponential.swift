import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `eˣ`.
///
/// Slope eˣ, held finite where the value overflows, beyond x ≈ 709.8. Source: Ramachandran, Zoph,
/// Le 2017.
public enum Exponential: UnaryPrimitive {
  public static let name = "exp"
  public static let formula = "eˣ"
  public static let latex = "e^{x}"
  public static let traits: Traits = [.notNegative]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).value
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    let power = x.exponential
    return (power, power.saturated)
  }

  public static func clampedArguments(for bound: Double) -> ClosedRange<Double>? {
    -.infinity...log(bound)
  }

  public static func notation(of argument: Notation) -> Notation {
    .symbol("exp(\(argument.text))", latex: "e^{\(argument.latex)}", latexBinding: .power)
  }
}
