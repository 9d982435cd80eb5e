// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `tanh x`: odd, bounded by ±1.
///
/// Slope 1 − tanh² x, which cancels for large |x|: with e = e^−2|x| it is 4e/(1 + e)². Source:
/// Ramachandran, Zoph, Le 2017.
public enum HyperbolicTangent: UnaryPrimitive {
  public static let name = "tanh"
  public static let formula = "(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)"
  public static let latex = "\\tanh x"
  public static let traits: Traits = [.odd, .keepsNotNegative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x.hyperbolicTangent
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    let power = (-2 * x.magnitude).exponential.named("e")
    return 4 * power / ((1 + power) * (1 + power))
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\tanh", [argument])
  }
}
