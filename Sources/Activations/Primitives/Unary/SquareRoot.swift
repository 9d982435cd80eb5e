// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `√max(x, 10⁻³)`: the square root, constant below a guard.
///
/// Slope 1/(2√x) above the guard, at most 15.8. At the guard and below it the slope is 0: the
/// program that GRAFS released computes the square root of max(x, 1e−3), and there the maximum is
/// the constant. Source: Strack, Safari, Hutter 2024, released program.
public enum SquareRoot: UnaryPrimitive {
  public static let name = "sqrt"
  public static let formula = "√max(x, 10⁻³)"
  public static let latex = "\\sqrt{\\max\\left(x, 10^{-3}\\right)}"
  public static let traits: Traits = [.notNegative]
  public static let codeName = "guarded_sqrt"

  /// The argument up to which the function is constant.
  public static let guardLocation = 1e-3

  public static let kinks = [
    Kink(
      at: guardLocation, value: guardLocation.squareRoot(), derivative: 0, slopeBelow: 0,
      slopeAbove: 0.5 / guardLocation.squareRoot(),
      reason: "the guard's side, where the function is constant")
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
    let root = Number.select(x <= 1e-3, 1e-3, x).root.named("root")
    return (root, .select(x <= 1e-3, 0, 0.5 / root))
  }

  public static func notation(of argument: Notation) -> Notation {
    .symbol(
      "guarded_sqrt(\(argument.text))",
      latex: "\\sqrt{\\max\\left(\(argument.latex), 10^{-3}\\right)}")
  }
}
