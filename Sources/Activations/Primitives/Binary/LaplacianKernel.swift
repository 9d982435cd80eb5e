// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `e^(−|x₁ − x₂|)`: 1 for equal arguments.
///
/// `beta_laplacian_kernel` with β = 1. Source: Strack, Safari, Hutter 2024, released program, which
/// leaves it out of the space.
public enum LaplacianKernel: BinaryPrimitive {
  public static let name = "laplacian_kernel"
  public static let formula = "e^(−|x₁ − x₂|)"
  public static let latex = "e^{-\\left|x_1 - x_2\\right|}"
  public static let tieRule: TieRule? = .zeroToEach

  @inlinable public static func value(_ a: Double, _ b: Double) -> Double {
    BetaLaplacianKernel.value(a, b, scalar: 1)
  }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double
  ) -> (byFirst: Double, bySecond: Double) {
    BetaLaplacianKernel.derivatives(a, b, scalar: 1)
  }
}
