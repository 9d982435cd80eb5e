// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x₁ · x₂`.
///
/// Slopes x₂ and x₁. Source: Ramachandran, Zoph, Le 2017, binary functions.
public enum Multiplication: BinaryPrimitive {
  public static let name = "multiply"
  public static let formula = "x₁ · x₂"
  public static let latex = "x_1 x_2"

  @inlinable public static func value(_ a: Double, _ b: Double) -> Double { a * b }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double
  ) -> (byFirst: Double, bySecond: Double) {
    (b, a)
  }

  public static func clampedArguments(for bound: Double) -> ClosedRange<Double>? {
    -bound.squareRoot()...bound.squareRoot()
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .product(first, second)
  }
}
