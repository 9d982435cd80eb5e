// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `−x`: the argument with its sign turned.
///
/// Slope −1. Source: Ramachandran, Zoph, Le 2017, unary functions.
public enum Negation: UnaryPrimitive {
  public static let name = "negation"
  public static let formula = "−x"
  public static let latex = "-x"
  public static let traits: Traits = [.gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    -x
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    -1
  }

  public static func notation(of argument: Notation) -> Notation { .negation(argument) }
}
