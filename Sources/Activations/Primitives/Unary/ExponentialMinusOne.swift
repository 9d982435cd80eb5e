import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `eˣ − 1`.
///
/// Slope eˣ, held finite where the value overflows, beyond x ≈ 709.8. Source: Bingham, Miikkulainen
/// 2022 (PANGAEA).
public enum ExponentialMinusOne: UnaryPrimitive {
  public static let name = "expm1"
  public static let formula = "eˣ − 1"
  public static let latex = "e^{x} - 1"

  @inlinable public static func value(_ x: Double) -> Double { expm1(x) }
  @inlinable public static func derivative(_ x: Double) -> Double { exp(x).saturated }
}
