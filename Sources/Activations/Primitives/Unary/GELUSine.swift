// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `GELU(x) + sin(x) / 10`.
///
/// Slope GELU′(x) + cos(x) / 10; both summands are those of the primitives. Source: Mining
/// generalizable activation functions, 2026 (AlphaEvolve).
public enum GELUSine: UnaryPrimitive {
  public static let name = "gelu_sine"
  public static let formula = "x · (1 + erf(x/√2)) / 2 + 0.1 · sin x"
  public static let latex =
    "\\frac{x}{2}\\left(1 + \\operatorname{erf}\\frac{x}{\\sqrt{2}}\\right) + 0.1 \\sin x"
  public static let traits: Traits = [.keepsNotNegative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x.value(of: GELU.self) + 0.1 * x.sine
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    x.derivative(of: GELU.self) + 0.1 * x.cosine
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("GELUSine"), [argument])
  }
}
