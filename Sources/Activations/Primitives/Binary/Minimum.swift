// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `min(x₁, x₂)`: the smaller argument; NaN if either is NaN.
///
/// Slope 1 by the argument chosen, 0 by the other; at a tie half to each, as in PyTorch. Source:
/// Ramachandran, Zoph, Le 2017, binary functions.
public enum Minimum: BinaryPrimitive {
  public static let name = "min"
  public static let formula = "min(x₁, x₂)"
  public static let latex = "\\min\\left(x_1, x_2\\right)"
  public static let tieRule: TieRule? = .halfToEach

  @inlinable public static func value(_ a: Double, _ b: Double) -> Double {
    a < b || a.isNaN ? a : b
  }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double
  ) -> (byFirst: Double, bySecond: Double) {
    let first = a < b ? 1 : (a == b ? 0.5 : 0.0)
    return (first, 1 - first)
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .call(name, latex: "\\min", [first, second])
  }
}
