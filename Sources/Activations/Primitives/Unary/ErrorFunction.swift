// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `erf x = 2/√π ∫₀ˣ e^(−t²) dt`: odd, bounded by ±1.
///
/// Slope 2/√π · e^(−x²). Source: Ramachandran, Zoph, Le 2017.
public enum ErrorFunction: UnaryPrimitive {
  public static let name = "erf"
  public static let formula = "2/√π ∫₀ˣ e^(−t²) dt"
  public static let latex = "\\operatorname{erf} x"
  public static let traits: Traits = [.odd, .keepsNotNegative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x.errorFunction
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    1.1283791670955126 * (-(x * x)).exponential  // 2/√π
  }
}
