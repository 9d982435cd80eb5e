import Foundation

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
  public static let initialScalar: InitialScalar? = .beta
  public static let tieRule: TieRule? = .zeroToEach

  @inlinable public static func value(_ a: Double, _ b: Double, scalar: Double) -> Double {
    exp(-scalar * abs(a - b).saturated)
  }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double, scalar: Double
  ) -> (byFirst: Double, bySecond: Double) {
    let v = value(a, b, scalar: scalar).saturated
    let slope = (-scalar * AbsoluteValue.derivative(a - b) * v).saturated
    return (slope, -slope)
  }
  @inlinable public static func scalarDerivative(
    _ a: Double, _ b: Double, scalar: Double
  ) -> Double {
    -(abs(a - b).saturated * value(a, b, scalar: scalar).saturated).saturated
  }

  public static func notation(
    of first: Notation, _ second: Notation, scalar: Notation
  ) -> Notation {
    .call(name, latex: Notation.operatorName(name), [first, second, scalar])
  }
}
