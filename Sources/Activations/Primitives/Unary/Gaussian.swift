// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `e^(−x²)`: the bell curve.
///
/// Slope −2x·e^(−x²). Source: Ramachandran, Zoph, Le 2017.
public enum Gaussian: UnaryPrimitive {
  public static let name = "gaussian"
  public static let formula = "e^(−x²)"
  public static let latex = "e^{-x^2}"
  public static let traits: Traits = [.even, .notNegative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).value
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    let power = (-(x * x)).exponential
    return (power, -2 * (x * power))
  }
}
