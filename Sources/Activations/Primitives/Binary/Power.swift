// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `max(x₁, 10⁻³)^x₂`.
///
/// Slopes x₂·b^(x₂ − 1) and b^x₂·ln b, b = max(x₁, 10⁻³), held finite where the value overflows. At
/// the guard and below it b is constant, as in `sqrt`, and the slope by x₁ is 0: a negative base
/// has no real power. The guard is ours: Bingham and Miikkulainen discard functions that are not
/// finite. Source: Bingham, Miikkulainen 2022 (PANGAEA).
public enum Power: BinaryPrimitive {
  public static let name = "power"
  public static let formula = "max(x₁, 10⁻³)^x₂"
  public static let latex = "\\max\\left(x_1, 10^{-3}\\right)^{x_2}"
  public static let codeName = "guarded_power"

  @inlinable public static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number {
    let base = Number.select(a <= 1e-3, 1e-3, a)
    // NaN stays NaN, though NaN^0 and 1^NaN are 1.
    return .select(a == a, .select(b == b, base.power(b), b), a)
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    let base = Number.select(a <= 1e-3, 1e-3, a).named("base")
    let logarithm = base.logarithm.named("logarithm")
    let slope = (b * base.power(b - 1)).saturated
    let value = Number.value(of: Power.self, a, b)
    return (
      .select(a <= 1e-3, 0, .select(b == 0, 0, slope)),
      .select(logarithm == 0, 0, (value * logarithm).saturated)
    )
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .call("guarded_power", latex: Notation.operatorName("guarded_power"), [first, second])
  }
}
