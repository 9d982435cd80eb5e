// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `∛x`, odd, as mathematics has it: a power x^(1/3) has no value below 0.
///
/// Slope 1/(3·∛x²), held finite at 0.
public enum CubeRoot: UnaryPrimitive {
  public static let name = "cbrt"
  public static let formula = "∛x"
  public static let latex = "\\sqrt[3]{x}"
  public static let traits: Traits = [.odd, .keepsNotNegative]
  public static let codeName = "cube_root"

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    let magnitude = x.magnitude.named("m")
    let power = magnitude.power(Number(1.0 / 3)).named("c")
    // A step by Newton, but at 0, 1 and infinity, which are their own roots.
    let divisor = Number.select(power == magnitude, 1, power)
    let step = (power - magnitude / (divisor * divisor)) / 3
    return x.signum * .select(power == magnitude, power, power - step)
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    let root = x.value(of: CubeRoot.self).named("root")
    return (1 / (3 * root * root)).saturated
  }

  public static func notation(of argument: Notation) -> Notation {
    .symbol("\(name)(\(argument.text))", latex: "\\sqrt[3]{\(argument.latex)}")
  }
}
