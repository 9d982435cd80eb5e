import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x₁^x₂`, as mathematics has it: what `a^b` means in a formula, but for whole exponents, which
/// are products.
///
/// Slopes x₂·x₁^(x₂ − 1) and x₁^x₂·ln x₁, held finite. There is no guard: a negative base has a
/// real power for whole exponents alone, else value and slopes are NaN. There the slope by the
/// exponent does not exist; it is 0, so that a whole exponent that is constant does no harm.
/// Searches have `power` instead, whose base is held.
public enum RealPower: BinaryPrimitive {
  public static let name = "pow"
  public static let formula = "x₁^x₂"
  public static let latex = "x_1^{x_2}"

  @inlinable public static func value(_ a: Double, _ b: Double) -> Double {
    if a.isNaN || b.isNaN { return .nan }  // pow(1, NaN) and pow(NaN, 0) are 1
    return pow(a, b)
  }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double
  ) -> (byFirst: Double, bySecond: Double) {
    let power = value(a, b)
    if power.isNaN { return (.nan, .nan) }
    let byFirst = b == 0 ? 0 : (b * pow(a, b - 1)).saturated
    let byExponent = a < 0 || power == 0 || a == 1 ? 0 : (power * log(a)).saturated
    return (byFirst, byExponent)
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .power(first, second)
  }
}
