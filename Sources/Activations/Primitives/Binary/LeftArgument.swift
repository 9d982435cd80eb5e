// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x₁`: the first argument alone, which makes the cell smaller.
///
/// Slopes (1, 0). Source: Strack, Safari, Hutter 2024.
public enum LeftArgument: BinaryPrimitive {
  public static let name = "left"
  public static let formula = "x₁"
  public static let latex = "x_1"

  @inlinable public static func value(_ a: Double, _ b: Double) -> Double { a }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double
  ) -> (byFirst: Double, bySecond: Double) {
    (1, 0)
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation { first }
}
