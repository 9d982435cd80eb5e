// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `0.2·x + 0.5`, clipped to 0 … 1.
///
/// Slope 0.2 from −2.5 to 2.5, both included as in bounding, and 0 outside. Source: Keras; in
/// Bingham, Miikkulainen 2022 (PANGAEA).
public enum HardSigmoid: UnaryPrimitive {
  public static let name = "hard_sigmoid"
  public static let formula = "0.2 · x + 0.5, clipped to 0 … 1"
  public static let latex = "\\min\\left(\\max\\left(0.2\\,x + 0.5, 0\\right), 1\\right)"
  public static let traits: Traits = [.notNegative, .gentle]

  public static let kinks = [
    Kink(
      at: -2.5, value: 0, derivative: 0.2, slopeBelow: 0, slopeAbove: 0.2,
      reason: "the slope inside, as a number at the bound passes its gradient"),
    Kink(
      at: 2.5, value: 1, derivative: 0.2, slopeBelow: 0.2, slopeAbove: 0,
      reason: "the slope inside, as a number at the bound passes its gradient"),
  ]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    .select(x < -2.5, 0, .select(x > 2.5, 1, 0.2 * x + 0.5))
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    .select(x.magnitude > 2.5, 0, 0.2)
  }
}
