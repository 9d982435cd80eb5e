// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x · min(max(x + 3, 0), 6) / 6`: Swish with straight pieces for the sigmoid.
///
/// 0 up to −3, x from 3 on. Slope (2x + 3) / 6 between, 0 and 1 outside; at ±3 those outside, as in
/// PyTorch. Source: Howard et al. 2019 (MobileNetV3).
public enum HardSwish: UnaryPrimitive {
  public static let name = "hardswish"
  public static let formula = "x · min(max(x + 3, 0), 6) / 6"
  public static let latex =
    "\\frac{x}{6} \\min\\left(\\max\\left(x + 3, 0\\right), 6\\right)"
  public static let traits: Traits = [.gentle]

  public static let kinks = [
    Kink(
      at: -3, value: 0, derivative: 0, slopeBelow: 0, slopeAbove: -0.5,
      reason: "the slope outside, as in PyTorch"),
    Kink(
      at: 3, value: 3, derivative: 1, slopeBelow: 1.5, slopeAbove: 1,
      reason: "the slope outside, as in PyTorch"),
  ]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    .select(x <= -3, 0, .select(x >= 3, x, x * (x + 3) / 6))
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    .select(x <= -3, 0, .select(x >= 3, 1, (2 * x + 3) / 6))
  }
}
