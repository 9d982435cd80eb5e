import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `σ(x) = 1 / (1 + e⁻ˣ)`: from 0 to 1.
///
/// Slope σ(x)·σ(−x). With e = e^−|x| ≤ 1 nothing overflows and both tails keep all their digits:
/// σ(|x|) = 1/(1 + e), σ(−|x|) = e/(1 + e). Source: Ramachandran, Zoph, Le 2017.
public enum Sigmoid: UnaryPrimitive {
  public static let name = "sigmoid"
  public static let formula = "1 / (1 + e⁻ˣ)"
  public static let latex = "\\sigma\\left(x\\right)"

  @inlinable public static func value(_ x: Double) -> Double {
    let e = exp(-abs(x))
    return (x < 0 ? e : 1) / (1 + e)
  }
  @inlinable public static func derivative(_ x: Double) -> Double {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    let e = exp(-abs(x))
    let value = (x < 0 ? e : 1) / (1 + e)
    return (value, value * (x < 0 ? 1 : e) / (1 + e))
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\sigma", [argument])
  }
}
