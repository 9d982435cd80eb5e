import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `sin x`.
///
/// Slope cos x. Source: Ramachandran, Zoph, Le 2017.
public enum Sine: UnaryPrimitive {
  public static let name = "sin"
  public static let formula = "sin x"
  public static let latex = "\\sin x"

  @inlinable public static func value(_ x: Double) -> Double { sin(x) }
  @inlinable public static func derivative(_ x: Double) -> Double { cos(x) }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\sin", [argument])
  }
}
