import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `ln(1 + eˣ)`: a smooth max(x, 0).
///
/// Slope σ(x). Computed as max(x, 0) + log1p(e^−|x|), which neither overflows nor loses the left
/// tail. Source: Ramachandran, Zoph, Le 2017.
public enum Softplus: UnaryPrimitive {
  public static let name = "softplus"
  public static let formula = "ln(1 + eˣ)"
  public static let latex = "\\ln\\left(1 + e^{x}\\right)"

  @inlinable public static func value(_ x: Double) -> Double {
    (x <= 0 ? 0 : x) + log1p(exp(-abs(x)))
  }
  @inlinable public static func derivative(_ x: Double) -> Double { Sigmoid.value(x) }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    let e = exp(-abs(x))
    return ((x <= 0 ? 0 : x) + log1p(e), (x < 0 ? e : 1) / (1 + e))
  }
}
