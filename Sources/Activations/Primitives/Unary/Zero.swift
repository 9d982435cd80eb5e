// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `0`: ignores its argument.
///
/// Slope 0. Source: Bingham, Miikkulainen 2022 (PANGAEA).
public enum Zero: UnaryPrimitive {
  public static let name = "zero"
  public static let formula = "0"
  public static let latex = "0"

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    0
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    0
  }

  public static func notation(of argument: Notation) -> Notation { .number(0) }
}
