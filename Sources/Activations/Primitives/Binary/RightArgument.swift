// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x₂`: the second argument alone, which makes the cell smaller.
///
/// Slopes (0, 1). Source: Strack, Safari, Hutter 2024.
public enum RightArgument: BinaryPrimitive {
  public static let name = "right"
  public static let formula = "x₂"
  public static let latex = "x_2"

  @inlinable public static func value(_ a: Double, _ b: Double) -> Double { b }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double
  ) -> (byFirst: Double, bySecond: Double) {
    (0, 1)
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation { second }
}
