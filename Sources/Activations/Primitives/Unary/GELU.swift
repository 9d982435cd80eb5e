import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x · Φ(x)`, Φ the normal distribution function: the Gaussian error linear unit, exact form.
///
/// Slope Φ(x) + x·φ(x), φ the normal density. Φ(x) = ½·erfc(−x/√2) keeps the digits of the left
/// tail that ½·(1 + erf(x/√2)) cancels. Below −40, where Φ and φ are exactly 0, and above 40, where
/// φ is, x is held there inside the factors that vanish. Source: Hendrycks, Gimpel 2016.
public enum GELU: UnaryPrimitive {
  public static let name = "gelu"
  public static let formula = "x · (1 + erf(x/√2)) / 2"
  public static let latex = "\\frac{x}{2}\\left(1 + \\operatorname{erf}\\frac{x}{\\sqrt{2}}\\right)"

  @inlinable public static func value(_ x: Double) -> Double {
    let lowest = x < -40 ? -40 : x
    return lowest * (0.5 * erfc(-0.7071067811865476 * lowest))
  }
  @inlinable public static func derivative(_ x: Double) -> Double {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    let lowest = x < -40 ? -40 : x
    let held = lowest > 40 ? 40 : lowest
    let probability = 0.5 * erfc(-0.7071067811865476 * lowest)
    let density = 0.3989422804014327 * exp(-0.5 * held * held)  // 1/√(2π)
    return (lowest * probability, probability + held * density)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("GELU"), [argument])
  }
}
