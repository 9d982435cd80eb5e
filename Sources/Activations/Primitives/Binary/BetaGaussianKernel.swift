// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `e^(−β·(x₁ − x₂)²)`, β learnable: 1 for equal arguments.
///
/// With d = x₁ − x₂ and value v, slopes ∓2β·d·v by the arguments and −d²·v by β. For a negative β
/// the value grows and may overflow; slopes are held finite. Source: Ramachandran, Zoph, Le 2017,
/// binary functions.
public enum BetaGaussianKernel: LearnableBinaryPrimitive {
  public static let name = "beta_gaussian_kernel"
  public static let formula = "e^(−β · (x₁ − x₂)²)"
  public static let latex = "e^{-\\beta \\left(x_1 - x_2\\right)^2}"
  public static let scalars = [LearnableScalar.beta]
  public static let traits: Traits = [.commutative]

  @inlinable public static func value<Number: Elementary>(
    _ a: Number, _ b: Number, _ constants: [Number]
  ) -> Number {
    let difference = (a - b).saturated.named("d")
    return (-constants[0] * (difference * difference).saturated).exponential
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number, _ constants: [Number]
  ) -> (byFirst: Number, bySecond: Number) {
    let difference = (a - b).saturated.named("d")
    let product = (difference * value(a, b, constants).saturated).saturated
    let slope = (-2 * (constants[0] * product).saturated).saturated
    return (slope, -slope)
  }
  @inlinable public static func derivative<Number: Elementary>(
    byScalar index: Int, _ a: Number, _ b: Number, _ constants: [Number]
  ) -> Number {
    let difference = (a - b).saturated.named("d")
    return -((difference * difference).saturated * value(a, b, constants).saturated).saturated
  }
}
