// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x₁ − x₂`.
///
/// Slopes 1 and −1. Source: Ramachandran, Zoph, Le 2017, binary functions.
public enum Subtraction: BinaryPrimitive {
  public static let name = "subtract"
  public static let formula = "x₁ − x₂"
  public static let latex = "x_1 - x_2"

  @inlinable public static func value(_ a: Double, _ b: Double) -> Double { a - b }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double
  ) -> (byFirst: Double, bySecond: Double) {
    (1, -1)
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .difference(first, second)
  }
}
