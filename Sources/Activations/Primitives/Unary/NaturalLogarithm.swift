// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `ln x`, as mathematics has it: what `ln(a)` and `log(a)` mean in a formula.
///
/// Slope 1/x, held finite. There is no guard: at 0 the value is −∞, and below it value and slope
/// are NaN. Searches have `log_abs` instead, which is finite everywhere.
public enum NaturalLogarithm: UnaryPrimitive {
  public static let name = "log"
  public static let formula = "ln x"
  public static let latex = "\\ln x"

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x.logarithm
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    // Of −0, too, the limit from above.
    .select(x < 0, x.logarithm, (1 / x.magnitude).saturated)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\ln", [argument])
  }
}
