// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `σ(x₁) · x₂`: the second argument gated by the first.
///
/// Slopes σ′(x₁)·x₂ and σ(x₁). Source: Ramachandran, Zoph, Le 2017, binary functions.
public enum SigmoidGate: BinaryPrimitive {
  public static let name = "sigmoid_gate"
  public static let formula = "σ(x₁) · x₂"
  public static let latex = "\\sigma\\left(x_1\\right) x_2"

  @inlinable public static func value(_ a: Double, _ b: Double) -> Double { Sigmoid.value(a) * b }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double
  ) -> (byFirst: Double, bySecond: Double) {
    let gate = Sigmoid.valueAndDerivative(a)
    return (gate.derivative * b, gate.value)
  }
  @inlinable public static func valueAndDerivatives(
    _ a: Double, _ b: Double
  ) -> (value: Double, byFirst: Double, bySecond: Double) {
    let gate = Sigmoid.valueAndDerivative(a)
    return (gate.value * b, gate.derivative * b, gate.value)
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .product(Sigmoid.notation(of: first), second)
  }
}
