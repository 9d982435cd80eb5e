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
  public static let traits: Traits = [.even, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).value
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    // x less the nearest even number, so that all digits are kept near the zeros.
    let rest = (x - 2 * (0.5 * x).nearest).named("r")
    let magnitude = rest.magnitude.named("m")
    let pi = Number(Double.pi)
    let sine = (pi * .select(magnitude > 0.5, 1 - magnitude, magnitude)).sine
    let divisor = Number.select(x == 0, 1, x).named("divisor")
    let value = Number.select(
      x == 0, 1, .select(rest < 0, -sine, sine) / (pi * divisor))
    // d/dz sin(z)/z = Σ (−1)ᵏ 2k·z²ᵏ⁻¹/(2k+1)!, eight terms.
    let z = (pi * x).named("z")
    let square = (z * z).named("t")
    var series = Number(1 / 93_405_312_000) - square * Number(1 / 22_230_464_256_000)
    series = Number(1 / 518_918_400) - square * series
    series = Number(1 / 3_991_680) - square * series
    series = Number(1 / 45_360) - square * series
    series = Number(1.0 / 840) - square * series
    series = Number(1.0 / 30) - square * series
    series = Number(1.0 / 3) - square * series
    let derivative = Number.select(
      z.magnitude < 1, -pi * (z * series), ((pi * rest).cosine - value) / divisor)
    return (value, derivative)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName(name), [argument])
  }
}
