// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `erfc x = 1 − erf x`: from 2 to 0.
///
/// Slope −2/√π · e^(−x²). Source: Bingham, Miikkulainen 2022 (PANGAEA).
public enum ComplementaryErrorFunction: UnaryPrimitive {
  public static let name = "erfc"
  public static let formula = "1 − erf x"
  public static let latex = "\\operatorname{erfc} x"
  public static let traits: Traits = [.notNegative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x.complementaryErrorFunction
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    -1.1283791670955126 * (-(x * x)).exponential  // 2/√π
  }
}
