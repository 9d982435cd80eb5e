// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `max(x₁, x₂)`: the larger argument; NaN if either is NaN.
///
/// Slope 1 by the argument chosen, 0 by the other; at a tie half to each, as in PyTorch. Source:
/// Ramachandran, Zoph, Le 2017, binary functions.
public enum Maximum: BinaryPrimitive {
  public static let name = "max"
  public static let formula = "max(x₁, x₂)"
  public static let latex = "\\max\\left(x_1, x_2\\right)"
  public static let tieRule: TieRule? = .halfToEach
  public static let traits: Traits = [.commutative, .idempotent, .gentle]
  public static let codeName = "maximum"

  @inlinable public static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number {
    // Where code is differentiated, a tie gives half to each, too.
    .select(a > b, a, .select(a < b, b, 0.5 * a + 0.5 * b))
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    (
      .select(a > b, 1, .select(a == b, 0.5, 0)), .select(a > b, 0, .select(a == b, 0.5, 1))
    )
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .call(name, latex: "\\max", [first, second])
  }
}
