import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `e^(−x²)`: the bell curve.
///
/// Slope −2x·e^(−x²). Source: Ramachandran, Zoph, Le 2017.
public enum Gaussian: UnaryPrimitive {
  public static let name = "gaussian"
  public static let formula = "e^(−x²)"
  public static let latex = "e^{-x^2}"

  @inlinable public static func value(_ x: Double) -> Double { valueAndDerivative(x).value }
  @inlinable public static func derivative(_ x: Double) -> Double {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    let e = exp(-x * x)
    return (e, -2 * (x * e))
  }
}
