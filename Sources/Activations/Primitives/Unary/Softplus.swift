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
  public static let traits: Traits = [.notNegative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).value
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    let power = (-x.magnitude).exponential.named("e")
    return (
      .select(x <= 0, 0, x) + power.logarithmOfOnePlus, .select(x < 0, power, 1) / (1 + power)
    )
  }
}
