// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x / (1 + |x|)`: odd, bounded by ±1, approached polynomially.
///
/// Slope 1/(1 + |x|)², continuous at 0. Source: Bergstra, Desjardins, Lamblin, Bengio 2009; in
/// Bingham, Miikkulainen 2022 (PANGAEA).
public enum Softsign: UnaryPrimitive {
  public static let name = "softsign"
  public static let formula = "x / (1 + |x|)"
  public static let latex = "\\frac{x}{1 + \\left|x\\right|}"
  public static let traits: Traits = [.odd, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x / (1 + x.magnitude)
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    let reciprocal = (1 / (1 + x.magnitude)).named("s")
    return reciprocal * reciprocal
  }
}
