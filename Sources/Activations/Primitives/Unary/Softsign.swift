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

  @inlinable public static func value(_ x: Double) -> Double { x / (1 + abs(x)) }
  @inlinable public static func derivative(_ x: Double) -> Double {
    let s = 1 / (1 + abs(x))
    return s * s
  }
}
