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
  public static let traits: Traits = [.commutative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number {
    (-(a - b).magnitude.saturated).exponential
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    let slope = -(a - b).signum * value(a, b)
    return (slope, -slope)
  }
}
