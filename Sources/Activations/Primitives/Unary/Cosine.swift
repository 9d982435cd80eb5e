import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `cos x`.
///
/// Slope −sin x. Source: Ramachandran, Zoph, Le 2017.
public enum Cosine: UnaryPrimitive {
  public static let name = "cos"
  public static let formula = "cos x"
  public static let latex = "\\cos x"

  @inlinable public static func value(_ x: Double) -> Double { cos(x) }
  @inlinable public static func derivative(_ x: Double) -> Double { -sin(x) }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\cos", [argument])
  }
}
