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
  public static let traits: Traits = [.odd, .keepsNotNegative]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).value
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    let both = x.hyperbolic
    return (both.sine, both.cosine.saturated)
  }

  public static func clampedArguments(for bound: Double) -> ClosedRange<Double>? {
    -asinh(bound)...asinh(bound)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\sinh", [argument])
  }
}
