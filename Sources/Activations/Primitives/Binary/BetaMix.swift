// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `β·x₁ + (1 − β)·x₂`, β learnable and not limited to 0 … 1.
///
/// Slopes β and 1 − β by the arguments, x₁ − x₂ by β. It is written `beta_mix(x₁, x₂, β)`. Source:
/// Ramachandran, Zoph, Le 2017, binary functions.
public enum BetaMix: LearnableBinaryPrimitive {
  public static let name = "beta_mix"
  public static let formula = "β · x₁ + (1 − β) · x₂"
  public static let latex = "\\beta x_1 + \\left(1 - \\beta\\right) x_2"
  public static let scalars = [LearnableScalar.beta]

  @inlinable public static func value<Number: Elementary>(
    _ a: Number, _ b: Number, _ constants: [Number]
  ) -> Number {
    constants[0] * a + (1 - constants[0]) * b
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number, _ constants: [Number]
  ) -> (byFirst: Number, bySecond: Number) {
    (constants[0], 1 - constants[0])
  }
  @inlinable public static func derivative<Number: Elementary>(
    byScalar index: Int, _ a: Number, _ b: Number, _ constants: [Number]
  ) -> Number {
    (a - b).saturated
  }
}
