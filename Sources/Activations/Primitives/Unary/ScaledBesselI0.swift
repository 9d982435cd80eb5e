// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `e^−|x| · I₀(x)`, I₀ the modified Bessel function of order 0: even, from 1 at 0 down as
/// 1/√(2π|x|).
///
/// Slope ±e^−|x|·(I₁(|x|) − I₀(x)), which jumps from 1 to −1 at 0, where the midpoint 0 is taken.
/// Source: Bingham, Miikkulainen 2022 (PANGAEA), `bessel_i0e` of TensorFlow.
public enum ScaledBesselI0: UnaryPrimitive {
  public static let name = "bessel_i0e"
  public static let formula = "e^(−|x|) · I₀(x)"
  public static let latex = "e^{-\\left|x\\right|} I_0\\left(x\\right)"
  public static let traits: Traits = [.even, .notNegative, .gentle]

  public static let kinks = [
    Kink(
      at: 0, value: 1, derivative: 0, slopeBelow: 1, slopeAbove: -1,
      reason: "the midpoint of both slopes, the only odd choice")
  ]

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
    return (bessel.zero, x.signum * bessel.zeroDerivative)
  }
}
