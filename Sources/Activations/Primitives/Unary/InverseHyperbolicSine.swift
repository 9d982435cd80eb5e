import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `asinh x = ln(x + √(x² + 1))`: odd, grows as a logarithm.
///
/// Slope 1/√(1 + x²); where x² would overflow, that is 1/|x|. Source: Ramachandran, Zoph, Le 2017.
public enum InverseHyperbolicSine: UnaryPrimitive {
  public static let name = "asinh"
  public static let formula = "ln(x + √(x² + 1))"
  public static let latex = "\\operatorname{asinh} x"

  @inlinable public static func value(_ x: Double) -> Double { asinh(x) }
  @inlinable public static func derivative(_ x: Double) -> Double {
    abs(x) > 1e150 ? 1 / abs(x) : 1 / (1 + x * x).squareRoot()
  }
}
