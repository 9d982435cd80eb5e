// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x₁ / x₂`, as mathematics has it: what `a / b` means in a formula.
///
/// Slopes 1/x₂ and −x₁/x₂², held finite. There is no guard: at x₂ = 0 the value is infinite, and
/// 0/0 is NaN, as are its slopes. Searches have `divide` instead, whose denominator is held.
public enum Quotient: BinaryPrimitive {
  public static let name = "quotient"
  public static let formula = "x₁ / x₂"
  public static let latex = "\\frac{x_1}{x_2}"

  @inlinable public static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number {
    a / b
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    ((1 / b).saturated, (-(a / b) / b).saturated)
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .quotient(first, second)
  }
}
