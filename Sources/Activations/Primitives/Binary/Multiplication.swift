// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x₁ · x₂`.
///
/// Slopes x₂ and x₁. Source: Ramachandran, Zoph, Le 2017, binary functions.
public enum Multiplication: BinaryPrimitive {
  public static let name = "multiply"
  public static let formula = "x₁ · x₂"
  public static let latex = "x_1 x_2"
  public static let traits: Traits = [.commutative]

  @inlinable public static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number {
    a * b
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    (b, a)
  }

  public static func clampedArguments(for bound: Double) -> ClosedRange<Double>? {
    -bound.squareRoot()...bound.squareRoot()
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .product(first, second)
  }
}
