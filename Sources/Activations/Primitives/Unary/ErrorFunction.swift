import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `erf x = 2/√π ∫₀ˣ e^(−t²) dt`: odd, bounded by ±1.
///
/// Slope 2/√π · e^(−x²). Source: Ramachandran, Zoph, Le 2017.
public enum ErrorFunction: UnaryPrimitive {
  public static let name = "erf"
  public static let formula = "2/√π ∫₀ˣ e^(−t²) dt"
  public static let latex = "\\operatorname{erf} x"

  @inlinable public static func value(_ x: Double) -> Double { erf(x) }
  @inlinable public static func derivative(_ x: Double) -> Double {
    1.1283791670955126 * exp(-x * x)  // 2/√π
  }
}
