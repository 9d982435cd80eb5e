// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `atanh x = ½ ln((1 + x) / (1 − x))`, as mathematics has it.
///
/// Slope 1/(1 − x²), held finite at −1 and 1, where the value is infinite. Beyond them value and
/// slope are NaN.
public enum InverseHyperbolicTangent: UnaryPrimitive {
  public static let name = "atanh"
  public static let formula = "½·ln((1 + x) / (1 − x))"
  public static let latex = "\\operatorname{atanh} x"
  public static let traits: Traits = [.odd, .keepsNotNegative]
  public static let codeName = "inverse_hyperbolic_tangent"

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    0.5 * (x.logarithmOfOnePlus - (-x).logarithmOfOnePlus)
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    let rest = (1 - x.magnitude).named("rest")
    return .select(rest < 0, rest.root, (1 / (rest * (1 + x.magnitude))).saturated)
  }
}
