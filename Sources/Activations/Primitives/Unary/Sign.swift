// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// The sign: 1, −1, and 0 at 0.
///
/// Slope 0, also at 0, where it jumps. What formulas such as `sign(x) * log1p(|x|)` need; no
/// published set has it.
public enum Sign: UnaryPrimitive {
  public static let name = "sign"
  public static let formula = "1 for x > 0, −1 for x < 0, 0 at 0"
  public static let latex = "\\operatorname{sgn} x"
  public static let traits: Traits = [.odd, .keepsNotNegative, .gentle]

  public static let kinks = [
    Kink(
      at: 0, value: 0, derivative: 0, slopeBelow: 0, slopeAbove: 0,
      reason: "a jump between constants; the midpoint at 0")
  ]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x.signum
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    0
  }
}
