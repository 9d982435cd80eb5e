// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `e^(−β·|x₁ − x₂|)`, β learnable: 1 for equal arguments.
///
/// With d = x₁ − x₂ and value v, slopes ∓β·sgn(d)·v by the arguments, at a tie the midpoint 0, and
/// −|d|·v by β. For a negative β the value grows and may overflow; slopes are held finite. Source:
/// Ramachandran, Zoph, Le 2017, binary functions.
public enum BetaLaplacianKernel: LearnableBinaryPrimitive {
  public static let name = "beta_laplacian_kernel"
  public static let formula = "e^(−β · |x₁ − x₂|)"
  public static let latex = "e^{-\\beta \\left|x_1 - x_2\\right|}"
  public static let scalars = [LearnableScalar.beta]
  public static let tieRule: TieRule? = .zeroToEach
  public static let traits: Traits = [.commutative]

  @inlinable public static func value<Number: Elementary>(
    _ a: Number, _ b: Number, _ constants: [Number]
  ) -> Number {
    (-constants[0] * (a - b).magnitude.saturated).exponential
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number, _ constants: [Number]
  ) -> (byFirst: Number, bySecond: Number) {
    let value = value(a, b, constants).saturated
    let slope = (-constants[0] * (a - b).signum * value).saturated
    return (slope, -slope)
  }
  @inlinable public static func derivative<Number: Elementary>(
    byScalar index: Int, _ a: Number, _ b: Number, _ constants: [Number]
  ) -> Number {
    -((a - b).magnitude.saturated * value(a, b, constants).saturated).saturated
  }
}
