// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x₂`: the second argument alone, which makes the cell smaller.
///
/// Slopes (0, 1). Source: Strack, Safari, Hutter 2024.
public enum RightArgument: BinaryPrimitive {
  public static let name = "right"
  public static let formula = "x₂"
  public static let latex = "x_2"
  public static let traits: Traits = [.idempotent, .gentle]

  @inlinable public static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number {
    b
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    (0, 1)
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation { second }
}
