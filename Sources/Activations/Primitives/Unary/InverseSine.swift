// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `asin x`, as mathematics has it.
///
/// Slope 1/√(1 − x²), held finite at −1 and 1. Beyond them value and slope are NaN.
public enum InverseSine: UnaryPrimitive {
  public static let name = "asin"
  public static let formula = "arcsin x"
  public static let latex = "\\arcsin x"
  public static let traits: Traits = [.odd, .keepsNotNegative]
  public static let codeName = "inverse_sine"

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    // No infinite argument at ±1: not every library's inverse tangent takes one.
    2 * (x / (1 + ((1 - x) * (1 + x)).root)).inverseTangent
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    (1 / ((1 - x) * (1 + x)).root).saturated
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\arcsin", [argument])
  }
}
