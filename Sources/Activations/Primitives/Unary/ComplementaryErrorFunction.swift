import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `erfc x = 1 − erf x`: from 2 to 0.
///
/// Slope −2/√π · e^(−x²). Source: Bingham, Miikkulainen 2022 (PANGAEA).
public enum ComplementaryErrorFunction: UnaryPrimitive {
  public static let name = "erfc"
  public static let formula = "1 − erf x"
  public static let latex = "\\operatorname{erfc} x"

  @inlinable public static func value(_ x: Double) -> Double { erfc(x) }
  @inlinable public static func derivative(_ x: Double) -> Double {
    -ErrorFunction.derivative(x)
  }
}
