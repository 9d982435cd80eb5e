// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `ln(1 + x)`, with all digits of small x, as mathematics has it.
///
/// Slope 1/(1 + x), held finite. There is no guard: at −1 the value is −∞, and below it value and
/// slope are NaN.
public enum LogarithmOfOnePlus: UnaryPrimitive {
  public static let name = "log1p"
  public static let formula = "ln(1 + x)"
  public static let latex = "\\ln\\left(1 + x\\right)"
  public static let traits: Traits = [.keepsNotNegative]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x.logarithmOfOnePlus
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    .select(x < -1, x.logarithmOfOnePlus, (1 / (1 + x).magnitude).saturated)
  }
}
