import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `asin x`, as mathematics has it.
///
/// Slope 1/√(1 − x²), held finite at −1 and 1. Beyond them value and slope are NaN.
public enum InverseSine: UnaryPrimitive {
  public static let name = "asin"
  public static let formula = "arcsin x"
  public static let latex = "\\arcsin x"

  @inlinable public static func value(_ x: Double) -> Double { asin(x) }
  @inlinable public static func derivative(_ x: Double) -> Double {
    (1 / ((1 - x) * (1 + x)).squareRoot()).saturated
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\arcsin", [argument])
  }
}
