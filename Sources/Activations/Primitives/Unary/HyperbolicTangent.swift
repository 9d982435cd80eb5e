// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `tanh x`: odd, bounded by ±1.
///
/// Slope 1 − tanh² x, which cancels for large |x|. So beyond |x| = ½ both are made from e =
/// e^−2|x|: tanh |x| = (1 − e)/(1 + e), slope 4e/(1 + e)²; below, from m = e^−2|x| − 1 as −m/(2 +
/// m), where 1 − tanh² is harmless. Source: Ramachandran, Zoph, Le 2017.
public enum HyperbolicTangent: UnaryPrimitive {
  public static let name = "tanh"
  public static let formula = "(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)"
  public static let latex = "\\tanh x"
  public static let traits: Traits = [.odd, .keepsNotNegative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x.hyperbolicTangent
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    let magnitude = x.magnitude.named("m")
    let small = magnitude.atMost(0.5).hyperbolicTangent.named("t")
    let power = (-2 * magnitude).exponential.named("e")
    return .select(
      magnitude < 0.5, 1 - small * small, 4 * power / ((1 + power) * (1 + power)))
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\tanh", [argument])
  }
}
