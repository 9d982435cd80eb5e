import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `acosh x = ln(x + √(x² − 1))`, as mathematics has it.
///
/// Slope 1/√(x² − 1), held finite at 1. Below it value and slope are NaN.
public enum InverseHyperbolicCosine: UnaryPrimitive {
  public static let name = "acosh"
  public static let formula = "ln(x + √(x² − 1))"
  public static let latex = "\\operatorname{acosh} x"

  @inlinable public static func value(_ x: Double) -> Double { acosh(x) }
  @inlinable public static func derivative(_ x: Double) -> Double {
    (1 / ((x - 1).squareRoot() * (x + 1).squareRoot())).saturated
  }
}
