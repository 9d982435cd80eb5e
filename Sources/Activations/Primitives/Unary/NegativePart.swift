// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `min(x, 0)`: what the rectified linear unit leaves out.
///
/// Slope 1 below 0 and 0 above; at 0 it is 1, so that max(x, 0) + min(x, 0) has the slope of x
/// everywhere. Source: Ramachandran, Zoph, Le 2017.
public enum NegativePart: UnaryPrimitive {
  public static let name = "min_x_0"
  public static let formula = "min(x, 0)"
  public static let latex = "\\min\\left(x, 0\\right)"
  public static let traits: Traits = [.gentle]
  public static let codeName = "negative_part"

  public static let kinks = [
    Kink(
      at: 0, value: 0, derivative: 1, slopeBelow: 1, slopeAbove: 0,
      reason: "1, so that with max(x, 0), which takes 0, it sums to the slope of x")
  ]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    .select(x >= 0, 0, x)
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    .select(x > 0, 0, 1)
  }

  public static func notation(of argument: Notation) -> Notation {
    .symbol("min(\(argument.text), 0)", latex: "\\min\\left(\(argument.latex), 0\\right)")
  }
}
