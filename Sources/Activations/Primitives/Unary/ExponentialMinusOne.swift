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

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x.exponentialMinusOne
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    x.exponential.saturated
  }
}
