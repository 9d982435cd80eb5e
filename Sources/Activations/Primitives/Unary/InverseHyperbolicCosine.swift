// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `acosh x = ln(x + √(x² − 1))`, as mathematics has it.
///
/// Slope 1/√(x² − 1), held finite at 1. Below it value and slope are NaN.
public enum InverseHyperbolicCosine: UnaryPrimitive {
  public static let name = "acosh"
  public static let formula = "ln(x + √(x² − 1))"
  public static let latex = "\\operatorname{acosh} x"
  public static let traits: Traits = [.notNegative]
  public static let codeName = "inverse_hyperbolic_cosine"

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    let beyond = x - 1
    // Where squares would overflow, and x² − 1 is x².
    return .select(
      x > 1e10, x.logarithm + 0.6931471805599453,
      (beyond + beyond.root * (x + 1).root).logarithmOfOnePlus)
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    (1 / ((x - 1).root * (x + 1).root)).saturated
  }
}
