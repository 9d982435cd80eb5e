import Foundation

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

  @inlinable public static func value(_ x: Double) -> Double { x < 0 ? .nan : log(x) }
  @inlinable public static func derivative(_ x: Double) -> Double {
    x < 0 ? .nan : (1 / abs(x)).saturated  // of −0, too, the limit from above
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\ln", [argument])
  }
}
