import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `sin(πx) / (πx)`, 1 at 0.
///
/// Slope (cos(πx) − sinc x)/x. It cancels near 0, so for |πx| < 1 it is summed as a power series.
/// The argument of the sine is brought to ±½ before it is multiplied by π, which keeps all digits
/// near the zeros. Source: Ramachandran, Zoph, Le 2017.
public enum Sinc: UnaryPrimitive {
  public static let name = "sinc"
  public static let formula = "sin(πx) / (πx)"
  public static let latex = "\\frac{\\sin \\pi x}{\\pi x}"

  @inlinable public static func value(_ x: Double) -> Double { valueAndDerivative(x).value }
  @inlinable public static func derivative(_ x: Double) -> Double {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    let z = Double.pi * x
    if abs(z) < 1 {
      // d/dz sin(z)/z = Σ (−1)ᵏ 2k·z²ᵏ⁻¹/(2k+1)!, eight terms.
      let t = z * z
      let inner =
        1.0 / 45_360 - t
        * (1.0 / 3_991_680 - t
          * (1.0 / 518_918_400 - t * (1.0 / 93_405_312_000 - t / 22_230_464_256_000)))
      let series = 1.0 / 3 - t * (1.0 / 30 - t * (1.0 / 840 - t * inner))
      return (z == 0 ? 1 : sin(z) / z, -Double.pi * z * series)
    }
    let remainder = x.remainder(dividingBy: 2)  // exact, in −1 … 1
    let magnitude = abs(remainder)
    let sine = sin(Double.pi * (magnitude > 0.5 ? 1 - magnitude : magnitude))
    let value = (remainder < 0 ? -sine : sine) / z
    return (value, (cos(Double.pi * magnitude) - value) / x)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName(name), [argument])
  }
}
