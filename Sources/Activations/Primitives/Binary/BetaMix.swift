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
  public static let initialScalar: InitialScalar? = .beta

  @inlinable public static func value(_ a: Double, _ b: Double, scalar: Double) -> Double {
    scalar * a + (1 - scalar) * b
  }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double, scalar: Double
  ) -> (byFirst: Double, bySecond: Double) {
    (scalar, 1 - scalar)
  }
  @inlinable public static func scalarDerivative(
    _ a: Double, _ b: Double, scalar: Double
  ) -> Double {
    (a - b).saturated
  }

  public static func notation(
    of first: Notation, _ second: Notation, scalar: Notation
  ) -> Notation {
    .call(name, latex: Notation.operatorName(name), [first, second, scalar])
  }
}
