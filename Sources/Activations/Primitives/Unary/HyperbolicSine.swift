import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `sinh x = (eˣ − e⁻ˣ) / 2`.
///
/// Slope cosh x. With t = e^|x| − 1 both follow without cancellation: sinh |x| = (t + t/(t+1)) / 2
/// and cosh x = 1 + t·(t/(t+1)) / 2. Beyond |x| ≈ 710.5 the value overflows and the slope is held
/// finite. Source: Ramachandran, Zoph, Le 2017.
public enum HyperbolicSine: UnaryPrimitive {
  public static let name = "sinh"
  public static let formula = "(eˣ − e⁻ˣ) / 2"
  public static let latex = "\\sinh x"

  @inlinable public static func value(_ x: Double) -> Double { valueAndDerivative(x).value }
  @inlinable public static func derivative(_ x: Double) -> Double {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    let magnitude = abs(x)
    if magnitude > 709 {  // t would overflow before sinh does
      let h = exp(0.5 * magnitude)
      let half = 0.5 * h * h
      return (x < 0 ? -half : half, half.saturated)
    }
    let t = expm1(magnitude)
    let r = t / (t + 1)
    let sine = 0.5 * (t + r)
    return (x < 0 ? -sine : sine, 1 + 0.5 * t * r)
  }

  public static func clampedArguments(for bound: Double) -> ClosedRange<Double>? {
    -asinh(bound)...asinh(bound)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\sinh", [argument])
  }
}
