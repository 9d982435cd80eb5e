// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `GELU(x) · (1 + sinc(x) / 2)`, sinc(x) = sin(πx) / (πx), 1 at 0.
///
/// Slope GELU′(x)·(1 + sinc(x)/2) + GELU(x)·sinc′(x)/2, ¾ at 0; sinc's own slope does not cancel
/// there. Source: Mining generalizable activation functions, 2026 (AlphaEvolve).
public enum GELUSinc: UnaryPrimitive {
  public static let name = "gelu_sinc"
  public static let formula = "x · (1 + erf(x/√2)) / 2 · (1 + sin(πx) / (2πx))"
  public static let latex =
    "\\frac{x}{2}\\left(1 + \\operatorname{erf}\\frac{x}{\\sqrt{2}}\\right)"
    + "\\left(1 + \\frac{\\sin \\pi x}{2 \\pi x}\\right)"
  public static let traits: Traits = [.keepsNotNegative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).value
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    let gelu = x.valueAndDerivative(of: GELU.self)
    let sinc = x.valueAndDerivative(of: Sinc.self)
    let gate = 1 + 0.5 * sinc.value
    return (gelu.value * gate, gelu.derivative * gate + gelu.value * (0.5 * sinc.derivative))
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("GELU-Sinc"), [argument])
  }
}
