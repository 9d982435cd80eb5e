import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x · σ(x)`: the sigmoid linear unit, or swish with β = 1.
///
/// Slope σ(x)·(1 + x·σ(−x)). Beyond ±1000, where σ is exactly 0 or 1, x is held there inside the
/// factors that vanish, so that no 0 · ∞ arises. Source: Elfwing, Uchibe, Doya 2018.
public enum SiLU: UnaryPrimitive {
  public static let name = "silu"
  public static let formula = "x · σ(x)"
  public static let latex = "x \\, \\sigma\\left(x\\right)"

  @inlinable public static func value(_ x: Double) -> Double { valueAndDerivative(x).value }
  @inlinable public static func derivative(_ x: Double) -> Double {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    let e = exp(-abs(x))
    let r = 1 / (1 + e)
    let right = x < 0 ? e * r : r  // σ(x)
    let left = x < 0 ? r : e * r  // σ(−x)
    let lowest = x < -1000 ? -1000 : x
    let held = lowest > 1000 ? 1000 : lowest
    return (lowest * right, right * (1 + held * left))
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("SiLU"), [argument])
  }
}
