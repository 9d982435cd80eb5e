// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `e^(−(x₁ − x₂)²)`: 1 for equal arguments.
///
/// `beta_gaussian_kernel` with β = 1. Source: Strack, Safari, Hutter 2024, released program, which
/// leaves it out of the space.
public enum GaussianKernel: BinaryPrimitive {
  public static let name = "gaussian_kernel"
  public static let formula = "e^(−(x₁ − x₂)²)"
  public static let latex = "e^{-\\left(x_1 - x_2\\right)^2}"
  public static let traits: Traits = [.commutative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number {
    let difference = (a - b).saturated.named("d")
    return (-(difference * difference).saturated).exponential
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    let difference = (a - b).saturated.named("d")
    let slope = (-2 * (difference * value(a, b)).saturated).saturated
    return (slope, -slope)
  }
}
