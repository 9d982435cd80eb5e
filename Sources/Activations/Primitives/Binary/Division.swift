// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x₁ / x₂`, with |x₂| held at 10⁻³ and more.
///
/// Slopes 1/x₂ and −x₁/x₂². At the guard and inside it the denominator is constant, ±10⁻³ with the
/// sign of x₂ (0 counts as positive), and the slope by x₂ is 0. A formula names the guard:
/// `guarded_divide(x₁, x₂)`; `x₁ / x₂` is `Quotient`. The guard is ours. Source: Bingham,
/// Miikkulainen 2022 (PANGAEA); GRAFS's authors wrote one, but left it out of their space.
public enum Division: BinaryPrimitive {
  public static let name = "divide"
  public static let formula = "x₁ / x₂, |x₂| at least 10⁻³"
  public static let latex =
    "\\frac{x_1 \\operatorname{sgn} x_2}{\\max\\left(\\left|x_2\\right|, 10^{-3}\\right)}"

  @inlinable public static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number {
    a / b.magnitudeAtLeast(1e-3)
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    let slope = (1 / b.magnitudeAtLeast(1e-3)).named("slope")
    return (slope, .select(b.magnitude <= 1e-3, 0, (-a * slope * slope).saturated))
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .call("guarded_divide", latex: Notation.operatorName("guarded_divide"), [first, second])
  }
}
