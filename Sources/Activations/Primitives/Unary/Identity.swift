// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x`: the argument itself.
///
/// Slope 1. Source: Ramachandran, Zoph, Le 2017, unary functions.
public enum Identity: UnaryPrimitive {
  public static let name = "identity"
  public static let formula = "x"
  public static let latex = "x"
  public static let traits: Traits = [.gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    1
  }

  public static func notation(of argument: Notation) -> Notation { argument }
}
