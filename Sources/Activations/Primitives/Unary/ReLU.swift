// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `max(x, 0)`: the rectified linear unit.
///
/// Slope 1 above 0 and 0 below; at 0 it is 0, as in PyTorch. Source: Nair, Hinton 2010.
public enum ReLU: UnaryPrimitive {
  public static let name = "relu"
  public static let formula = "max(x, 0)"
  public static let latex = "\\max\\left(x, 0\\right)"
  public static let traits: Traits = [.notNegative, .identityAboveZero, .gentle]

  public static let kinks = [
    Kink(
      at: 0, value: 0, derivative: 0, slopeBelow: 0, slopeAbove: 1,
      reason: "0, as in PyTorch; with min(x, 0), which takes 1, it sums to the slope of x")
  ]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    .select(x <= 0, 0, x)
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    .select(x <= 0, 0, 1)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("ReLU"), [argument])
  }
}
