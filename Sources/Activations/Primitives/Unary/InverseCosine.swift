// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `acos x`, as mathematics has it.
///
/// Slope −1/√(1 − x²), held finite at −1 and 1. Beyond them value and slope are NaN.
public enum InverseCosine: UnaryPrimitive {
  public static let name = "acos"
  public static let formula = "arccos x"
  public static let latex = "\\arccos x"
  public static let traits: Traits = [.notNegative]
  public static let codeName = "inverse_cosine"

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    let angle = 2 * ((1 - x.magnitude) / (1 + x.magnitude)).root.inverseTangent
    return .select(x < 0, 3.141592653589793, 0) + .select(x < 0, -1, 1) * angle
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    -x.derivative(of: InverseSine.self)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\arccos", [argument])
  }
}
