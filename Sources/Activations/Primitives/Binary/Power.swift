import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `max(x₁, 10⁻³)^x₂`.
///
/// Slopes x₂·b^(x₂ − 1) and b^x₂·ln b, b = max(x₁, 10⁻³), held finite where the value overflows. At
/// the guard and below it b is constant, as in `sqrt`, and the slope by x₁ is 0: a negative base
/// has no real power. The guard is ours: Bingham and Miikkulainen discard functions that are not
/// finite. Source: Bingham, Miikkulainen 2022 (PANGAEA).
public enum Power: BinaryPrimitive {
  public static let name = "power"
  public static let formula = "max(x₁, 10⁻³)^x₂"
  public static let latex = "\\max\\left(x_1, 10^{-3}\\right)^{x_2}"

  @inlinable public static func value(_ a: Double, _ b: Double) -> Double {
    if a.isNaN || b.isNaN { return .nan }  // pow(1, NaN) and pow(NaN, 0) are 1
    return pow(a <= 1e-3 ? 1e-3 : a, b)
  }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double
  ) -> (byFirst: Double, bySecond: Double) {
    let base = a <= 1e-3 ? 1e-3 : a
    let logarithm = log(base)
    let byExponent = logarithm == 0 ? 0 : value(a, b) * logarithm
    return (a <= 1e-3 || b == 0 ? 0 : (b * pow(base, b - 1)).saturated, byExponent.saturated)
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .call("guarded_power", latex: Notation.operatorName("guarded_power"), [first, second])
  }
}
