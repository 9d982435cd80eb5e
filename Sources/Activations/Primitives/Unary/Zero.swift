// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `0`: ignores its argument.
///
/// Slope 0. Source: Bingham, Miikkulainen 2022 (PANGAEA).
public enum Zero: UnaryPrimitive {
  public static let name = "zero"
  public static let formula = "0"
  public static let latex = "0"

  @inlinable public static func value(_ x: Double) -> Double { 0 }
  @inlinable public static func derivative(_ x: Double) -> Double { 0 }

  public static func notation(of argument: Notation) -> Notation { .number(0) }
}
