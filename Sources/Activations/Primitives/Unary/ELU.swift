// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x` for x > 0, `eˣ − 1` below: the exponential linear unit with α = 1.
///
/// Slope 1 above 0, eˣ below; continuous at 0. Source: Clevert, Unterthiner, Hochreiter 2016.
public enum ELU: UnaryPrimitive {
  public static let name = "elu"
  public static let formula = "x if x > 0, else eˣ − 1"
  public static let latex = "\\begin{cases} x & x > 0 \\\\ e^{x} - 1 & x \\le 0 \\end{cases}"
  public static let traits: Traits = [.identityAboveZero, .gentle]

  // What code computes above 0, too, must not overflow.
  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    .select(x > 0, x, Number.select(x > 0, 0, x).exponentialMinusOne)
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    .select(x > 0, 1, Number.select(x > 0, 0, x).exponential)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("ELU"), [argument])
  }
}
