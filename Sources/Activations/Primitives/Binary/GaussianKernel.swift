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

  @inlinable public static func value(_ a: Double, _ b: Double) -> Double {
    BetaGaussianKernel.value(a, b, scalar: 1)
  }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double
  ) -> (byFirst: Double, bySecond: Double) {
    BetaGaussianKernel.derivatives(a, b, scalar: 1)
  }
}
