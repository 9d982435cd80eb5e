import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `tanh x`: odd, bounded by ±1.
///
/// Slope 1 − tanh² x, which cancels for large |x|. So beyond |x| = ½ both are made from e =
/// e^−2|x|: tanh |x| = (1 − e)/(1 + e), slope 4e/(1 + e)²; below, from m = e^−2|x| − 1 as −m/(2 +
/// m), where 1 − tanh² is harmless. Source: Ramachandran, Zoph, Le 2017.
public enum HyperbolicTangent: UnaryPrimitive {
  public static let name = "tanh"
  public static let formula = "(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)"
  public static let latex = "\\tanh x"

  @inlinable public static func value(_ x: Double) -> Double { valueAndDerivative(x).value }
  @inlinable public static func derivative(_ x: Double) -> Double {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    let magnitude = abs(x)
    if magnitude < 0.5 {
      let m = expm1(-2 * magnitude)
      let t = -m / (2 + m)
      return (x < 0 ? -t : t, 1 - t * t)
    }
    let e = exp(-2 * magnitude)
    let r = 1 / (1 + e)
    let t = (1 - e) * r
    return (x < 0 ? -t : t, 4 * e * r * r)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\tanh", [argument])
  }
}
