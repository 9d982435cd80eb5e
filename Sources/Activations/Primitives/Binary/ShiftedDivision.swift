// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x₁ / (x₂ + ε)`, ε = 10⁻⁵, with |x₂ + ε| held at ε and more.
///
/// Slopes 1/d and −x₁/d², d = x₂ + ε. The published form has its pole at x₂ = −ε; within ε of it,
/// so from x₂ = −2ε to 0, d is held at ±ε with its sign, and the slope by x₂ is 0. At x₂ = 0 the
/// value is the published x₁/ε, and the slope that of the guard, so that zeros that a rectifier
/// made pass no gradient of 10¹⁰. Source: Ramachandran, Zoph, Le 2017, binary functions; the guard
/// is ours.
public enum ShiftedDivision: BinaryPrimitive {
  public static let name = "divide_shifted"
  public static let formula = "x₁ / (x₂ + 10⁻⁵), |x₂ + 10⁻⁵| at least 10⁻⁵"
  public static let latex = "\\frac{x_1}{x_2 + 10^{-5}}"

  @inlinable public static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number {
    a / (b + 1e-5).magnitudeAtLeast(1e-5)
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    let denominator = (b + 1e-5).named("d")
    let slope = (1 / denominator.magnitudeAtLeast(1e-5)).named("slope")
    return (slope, .select(denominator.magnitude <= 1e-5, 0, (-a * slope * slope).saturated))
  }
}
