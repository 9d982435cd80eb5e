import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `acos x`, as mathematics has it.
///
/// Slope −1/√(1 − x²), held finite at −1 and 1. Beyond them value and slope are NaN.
public enum InverseCosine: UnaryPrimitive {
  public static let name = "acos"
  public static let formula = "arccos x"
  public static let latex = "\\arccos x"

  @inlinable public static func value(_ x: Double) -> Double { acos(x) }
  @inlinable public static func derivative(_ x: Double) -> Double { -InverseSine.derivative(x) }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\arccos", [argument])
  }
}
