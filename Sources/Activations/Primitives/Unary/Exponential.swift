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

  @inlinable public static func value(_ x: Double) -> Double { exp(x) }
  @inlinable public static func derivative(_ x: Double) -> Double { exp(x).saturated }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    let e = exp(x)
    return (e, e.saturated)
  }

  public static func clampedArguments(for bound: Double) -> ClosedRange<Double>? {
    -.infinity...log(bound)
  }

  public static func notation(of argument: Notation) -> Notation {
    .symbol("exp(\(argument.text))", latex: "e^{\(argument.latex)}", latexBinding: .power)
  }
}
