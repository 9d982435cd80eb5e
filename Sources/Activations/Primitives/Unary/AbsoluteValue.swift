// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `|x|`: the argument without its sign.
///
/// Slope ±1; at 0 the midpoint 0, as in PyTorch. Source: Ramachandran, Zoph, Le 2017.
public enum AbsoluteValue: UnaryPrimitive {
  public static let name = "abs"
  public static let formula = "|x|"
  public static let latex = "\\left|x\\right|"
  public static let traits: Traits = [.even, .notNegative, .identityAboveZero, .gentle]

  public static let kinks = [
    Kink(
      at: 0, value: 0, derivative: 0, slopeBelow: -1, slopeAbove: 1,
      reason: "the midpoint of both slopes, the only odd choice")
  ]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x.magnitude
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    x.signum
  }

  public static func notation(of argument: Notation) -> Notation {
    .symbol("abs(\(argument.text))", latex: "\\left|\(argument.latex)\\right|")
  }
}
