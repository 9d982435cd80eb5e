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
  public static let codeName = "real_power"

  @inlinable public static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number {
    // NaN stays NaN, though NaN^0 and 1^NaN are 1.
    .select(a == a, .select(b == b, a.power(b), b), a)
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    let power = Number.value(of: RealPower.self, a, b).named("power")
    let flat = Number.select(power == power, 0, power)
    let slope = Number.select(b == 0, 0, (b * a.power(b - 1)).saturated)
    let byExponent = (power * a.logarithm).saturated
    return (
      .select(power == power, slope, power),
      .select(a < 0, flat, .select(power == 0, flat, .select(a == 1, flat, byExponent)))
    )
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .power(first, second)
  }
}
