// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `σ(x) = 1 / (1 + e⁻ˣ)`: from 0 to 1.
///
/// Slope σ(x)·σ(−x). With e = e^−|x| ≤ 1 nothing overflows and both tails keep all their digits:
/// σ(|x|) = 1/(1 + e), σ(−|x|) = e/(1 + e). Source: Ramachandran, Zoph, Le 2017.
public enum Sigmoid: UnaryPrimitive {
  public static let name = "sigmoid"
  public static let formula = "1 / (1 + e⁻ˣ)"
  public static let latex = "\\sigma\\left(x\\right)"
  public static let traits: Traits = [.notNegative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).value
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    let power = (-x.magnitude).exponential.named("e")
    let value = .select(x < 0, power, 1) / (1 + power)
    return (value, value * .select(x < 0, 1, power) / (1 + power))
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\sigma", [argument])
  }
}
