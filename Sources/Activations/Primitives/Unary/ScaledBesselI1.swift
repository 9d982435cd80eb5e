// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `e^−|x| · I₁(x)`, I₁ the modified Bessel function of order 1: odd, between ±0.22.
///
/// Slope e^−|x|·(I₀(x) − I₁(|x|)·(1 + 1/|x|)), ½ at 0. Source: Bingham, Miikkulainen 2022
/// (PANGAEA), `bessel_i1e` of TensorFlow.
public enum ScaledBesselI1: UnaryPrimitive {
  public static let name = "bessel_i1e"
  public static let formula = "e^(−|x|) · I₁(x)"
  public static let latex = "e^{-\\left|x\\right|} I_1\\left(x\\right)"
  public static let traits: Traits = [.odd, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).value
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    let bessel = x.magnitude.scaledBessel
    return (x.signum * bessel.one, bessel.oneDerivative)
  }
}
