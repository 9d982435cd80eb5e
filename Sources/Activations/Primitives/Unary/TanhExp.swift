import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x · tanh(eˣ)`.
///
/// Slope tanh(eˣ) + x·eˣ·(1 − tanh²(eˣ)). Above 4, where tanh(eˣ) is 1 and the second summand less
/// than its last digit, it is x; below −1000, where eˣ is exactly 0, x is held there. Source: Liu,
/// Di 2021.
public enum TanhExp: UnaryPrimitive {
  public static let name = "tanhexp"
  public static let formula = "x · tanh(eˣ)"
  public static let latex = "x \\tanh\\left(e^{x}\\right)"

  @inlinable public static func value(_ x: Double) -> Double { valueAndDerivative(x).value }
  @inlinable public static func derivative(_ x: Double) -> Double {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    if x > 4 { return (x, 1) }
    let lowest = x < -1000 ? -1000 : x
    let e = exp(lowest)
    let t = tanh(e)
    return (lowest * t, t + lowest * e * (1 - t * t))
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("TanhExp"), [argument])
  }
}
