import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `atan x`: odd, bounded by ±π/2.
///
/// Slope 1/(1 + x²). Source: Ramachandran, Zoph, Le 2017.
public enum InverseTangent: UnaryPrimitive {
  public static let name = "atan"
  public static let formula = "arctan x"
  public static let latex = "\\arctan x"

  @inlinable public static func value(_ x: Double) -> Double { atan(x) }
  @inlinable public static func derivative(_ x: Double) -> Double { 1 / (1 + x * x) }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\arctan", [argument])
  }
}
