import Foundation

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
  public static let initialScalar: InitialScalar? = .beta

  @inlinable public static func value(_ a: Double, _ b: Double, scalar: Double) -> Double {
    let d = (a - b).saturated
    return exp(-scalar * (d * d).saturated)
  }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double, scalar: Double
  ) -> (byFirst: Double, bySecond: Double) {
    let d = (a - b).saturated
    let slope = (-2 * (scalar * (d * value(a, b, scalar: scalar).saturated).saturated)).saturated
    return (slope, -slope)
  }
  @inlinable public static func scalarDerivative(
    _ a: Double, _ b: Double, scalar: Double
  ) -> Double {
    let d = (a - b).saturated
    return -((d * d).saturated * value(a, b, scalar: scalar).saturated).saturated
  }

  public static func notation(
    of first: Notation, _ second: Notation, scalar: Notation
  ) -> Notation {
    .call(name, latex: Notation.operatorName(name), [first, second, scalar])
  }
}
