import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `atanh x = ½ ln((1 + x) / (1 − x))`, as mathematics has it.
///
/// Slope 1/(1 − x²), held finite at −1 and 1, where the value is infinite. Beyond them value and
/// slope are NaN.
public enum InverseHyperbolicTangent: UnaryPrimitive {
  public static let name = "atanh"
  public static let formula = "½·ln((1 + x) / (1 − x))"
  public static let latex = "\\operatorname{atanh} x"

  @inlinable public static func value(_ x: Double) -> Double { atanh(x) }
  @inlinable public static func derivative(_ x: Double) -> Double {
    abs(x) > 1 ? .nan : (1 / ((1 - x) * (1 + x))).saturated
  }
}
