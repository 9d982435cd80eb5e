// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `|x|`: the argument without its sign.
///
/// Slope ±1; at 0 the midpoint 0, as in PyTorch. Source: Ramachandran, Zoph, Le 2017.
public enum AbsoluteValue: UnaryPrimitive {
  public static let name = "abs"
  public static let formula = "|x|"
  public static let latex = "\\left|x\\right|"

  public static let kinks = [
    Kink(
      at: 0, value: 0, derivative: 0, slopeBelow: -1, slopeAbove: 1,
      reason: "the midpoint of both slopes, the only odd choice")
  ]

  @inlinable public static func value(_ x: Double) -> Double { abs(x) }
  @inlinable public static func derivative(_ x: Double) -> Double {
    x > 0 ? 1 : (x < 0 ? -1 : x)  // x itself is 0, or NaN
  }

  public static func notation(of argument: Notation) -> Notation {
    .symbol("abs(\(argument.text))", latex: "\\left|\(argument.latex)\\right|")
  }
}
