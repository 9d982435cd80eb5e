// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `1/x`, with |x| held at 10⁻³ and more.
///
/// Slope −1/x². At the guard and inside it the function is constant, ±10³ with the sign of x, and
/// the slope is 0; at 0, where 1/x jumps from −∞ to ∞, it jumps from −10³ to 10³, which it takes.
/// The guard is ours: Bingham and Miikkulainen have none, and discard functions that are not
/// finite. Source: Bingham, Miikkulainen 2022 (PANGAEA).
public enum Reciprocal: UnaryPrimitive {
  public static let name = "reciprocal"
  public static let formula = "1/x, |x| at least 10⁻³"
  public static let latex =
    "\\frac{\\operatorname{sgn} x}{\\max\\left(\\left|x\\right|, 10^{-3}\\right)}"

  public static let kinks = [
    Kink(
      at: -1e-3, value: -1 / 1e-3, derivative: 0, slopeBelow: -1e6, slopeAbove: 0,
      reason: "the guard's side, where the function is constant"),
    Kink(
      at: 0, value: 1 / 1e-3, derivative: 0, slopeBelow: 0, slopeAbove: 0,
      reason: "a jump between constants; 0 counts as positive"),
    Kink(
      at: 1e-3, value: 1 / 1e-3, derivative: 0, slopeBelow: 0, slopeAbove: -1e6,
      reason: "the guard's side, where the function is constant"),
  ]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    1 / x.magnitudeAtLeast(1e-3)
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    let held = x.magnitudeAtLeast(1e-3).named("held")
    return .select(x.magnitude <= 1e-3, 0, -1 / (held * held))
  }

  public static func notation(of argument: Notation) -> Notation {
    .call("guarded_reciprocal", latex: Notation.operatorName("guarded_reciprocal"), [argument])
  }
}
