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

  @inlinable public static func value(_ x: Double) -> Double { valueAndDerivative(x).value }
  @inlinable public static func derivative(_ x: Double) -> Double {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    let gelu = GELU.valueAndDerivative(x)
    let sinc = Sinc.valueAndDerivative(x)
    let gate = 1 + 0.5 * sinc.value
    return (gelu.value * gate, gelu.derivative * gate + gelu.value * (0.5 * sinc.derivative))
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("GELU-Sinc"), [argument])
  }
}
