// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `−x`: the argument with its sign turned.
///
/// Slope −1. Source: Ramachandran, Zoph, Le 2017, unary functions.
public enum Negation: UnaryPrimitive {
  public static let name = "negation"
  public static let formula = "−x"
  public static let latex = "-x"

  @inlinable public static func value(_ x: Double) -> Double { -x }
  @inlinable public static func derivative(_ x: Double) -> Double { -1 }

  public static func notation(of argument: Notation) -> Notation { .negation(argument) }
}
