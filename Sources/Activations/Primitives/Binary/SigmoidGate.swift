// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `σ(x₁) · x₂`: the second argument gated by the first.
///
/// Slopes σ′(x₁)·x₂ and σ(x₁). Source: Ramachandran, Zoph, Le 2017, binary functions.
public enum SigmoidGate: BinaryPrimitive {
  public static let name = "sigmoid_gate"
  public static let formula = "σ(x₁) · x₂"
  public static let latex = "\\sigma\\left(x_1\\right) x_2"

  @inlinable public static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number {
    a.value(of: Sigmoid.self) * b
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    let gate = a.valueAndDerivative(of: Sigmoid.self)
    return (gate.derivative * b, gate.value)
  }
  @inlinable public static func valueAndDerivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (value: Number, byFirst: Number, bySecond: Number) {
    let gate = a.valueAndDerivative(of: Sigmoid.self)
    return (gate.value * b, gate.derivative * b, gate.value)
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .product(Sigmoid.notation(of: first), second)
  }
}
