// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x₁ + x₂`.
///
/// Slopes 1 and 1. Source: Ramachandran, Zoph, Le 2017, binary functions.
public enum Addition: BinaryPrimitive {
  public static let name = "add"
  public static let formula = "x₁ + x₂"
  public static let latex = "x_1 + x_2"
  public static let traits: Traits = [.commutative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number {
    a + b
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    (1, 1)
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .sum(first, second)
  }
}
