// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `1`: ignores its argument.
///
/// Slope 0. Source: Bingham, Miikkulainen 2022 (PANGAEA).
public enum One: UnaryPrimitive {
  public static let name = "one"
  public static let formula = "1"
  public static let latex = "1"

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    1
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    0
  }

  public static func notation(of argument: Notation) -> Notation { .number(1) }
}
