// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `ln σ(x) = −ln(1 + e⁻ˣ)`: a smooth min(x, 0).
///
/// Slope σ(−x). Computed as minus the softplus of −x. Source: Bingham, Miikkulainen 2022 (PANGAEA).
public enum LogSigmoid: UnaryPrimitive {
  public static let name = "log_sigmoid"
  public static let formula = "ln σ(x)"
  public static let latex = "\\ln \\sigma\\left(x\\right)"
  public static let traits: Traits = [.gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).value
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    let softplus = (-x).valueAndDerivative(of: Softplus.self)
    return (-softplus.value, softplus.derivative)
  }
}
