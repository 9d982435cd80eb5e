import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `ln(|x| + ε)`, ε = 10⁻⁵.
///
/// Slope ±1/(|x| + ε), at most 10⁵; at 0 the midpoint 0, as that of |x|. The guard ε keeps the
/// value at 0 to ln ε ≈ −11.5. A formula names it: `guarded_log_abs(x)`; `ln(x)` is
/// `NaturalLogarithm`. Source: Ramachandran, Zoph, Le 2017; ε: Strack, Safari, Hutter 2024,
/// released program.
public enum AbsoluteLogarithm: UnaryPrimitive {
  public static let name = "log_abs"
  public static let formula = "ln(|x| + 10⁻⁵)"
  public static let latex = "\\ln\\left(\\left|x\\right| + 10^{-5}\\right)"

  public static let kinks = [
    Kink(
      at: 0, value: log(1e-5), derivative: 0, slopeBelow: -1e5, slopeAbove: 1e5,
      reason: "the midpoint of both slopes, as for |x|")
  ]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    (x.magnitude + 1e-5).logarithm
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    x.signum / (x.magnitude + 1e-5)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call("guarded_log_abs", latex: Notation.operatorName("guarded_log_abs"), [argument])
  }
}
