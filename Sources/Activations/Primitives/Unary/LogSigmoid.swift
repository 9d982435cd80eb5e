// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `ln σ(x) = −ln(1 + e⁻ˣ)`: a smooth min(x, 0).
///
/// Slope σ(−x). Computed as minus the softplus of −x. Source: Bingham, Miikkulainen 2022 (PANGAEA).
public enum LogSigmoid: UnaryPrimitive {
  public static let name = "log_sigmoid"
  public static let formula = "ln σ(x)"
  public static let latex = "\\ln \\sigma\\left(x\\right)"

  @inlinable public static func value(_ x: Double) -> Double { valueAndDerivative(x).value }
  @inlinable public static func derivative(_ x: Double) -> Double {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    let softplus = Softplus.valueAndDerivative(-x)
    return (-softplus.value, softplus.derivative)
  }
}
