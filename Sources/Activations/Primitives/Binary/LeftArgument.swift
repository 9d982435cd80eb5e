// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x₁`: the first argument alone, which makes the cell smaller.
///
/// Slopes (1, 0). Source: Strack, Safari, Hutter 2024.
public enum LeftArgument: BinaryPrimitive {
  public static let name = "left"
  public static let formula = "x₁"
  public static let latex = "x_1"
  public static let traits: Traits = [.idempotent, .gentle]

  @inlinable public static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number {
    a
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    (1, 0)
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation { first }
}
