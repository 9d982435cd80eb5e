// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `λ·x` for x > 0, `λα·(eˣ − 1)` below: the scaled exponential linear unit.
///
/// λ ≈ 1.0507 and α ≈ 1.6733 give mean 0 and variance 1 a fixed point. Slope λ above 0 and λα·eˣ
/// below; at 0 it is λα, as in PyTorch. Source: Klambauer, Unterthiner, Mayr, Hochreiter 2017.
public enum SELU: UnaryPrimitive {
  public static let name = "selu"
  public static let formula = "1.0507 · (x if x > 0, else 1.6733 · (eˣ − 1))"
  public static let latex =
    "\\lambda \\begin{cases} x & x > 0 \\\\ \\alpha\\left(e^{x} - 1\\right) & x \\le 0 \\end{cases}"
  public static let traits: Traits = [.gentle]

  /// λ.
  public static let scale = 1.0507009873554805
  /// λ·α.
  public static let leftScale = 1.7580993408473766

  public static let kinks = [
    Kink(
      at: 0, value: 0, derivative: leftScale, slopeBelow: leftScale, slopeAbove: scale,
      reason: "the slope of the left side, as in PyTorch")
  ]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).value
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    let elu = x.valueAndDerivative(of: ELU.self)
    // Static properties would cost a check.
    let factor = Number.select(x > 0, 1.0507009873554805, 1.7580993408473766).named("factor")
    return (factor * elu.value, factor * elu.derivative)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("SELU"), [argument])
  }
}
