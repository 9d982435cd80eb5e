// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x · Φ(x)`, Φ the normal distribution function: the Gaussian error linear unit, exact form.
///
/// Slope Φ(x) + x·φ(x), φ the normal density. Φ(x) = ½·erfc(−x/√2) keeps the digits of the left
/// tail that ½·(1 + erf(x/√2)) cancels. Below −40, where Φ and φ are exactly 0, and above 40, where
/// φ is, x is held there inside the factors that vanish. Source: Hendrycks, Gimpel 2016.
public enum GELU: UnaryPrimitive {
  public static let name = "gelu"
  public static let formula = "x · (1 + erf(x/√2)) / 2"
  public static let latex = "\\frac{x}{2}\\left(1 + \\operatorname{erf}\\frac{x}{\\sqrt{2}}\\right)"
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
    let lowest = x.atLeast(-40).named("lowest")
    let held = lowest.atMost(40).named("held")
    let probability = 0.5 * (-0.7071067811865476 * lowest).complementaryErrorFunction
    let density = 0.3989422804014327 * (-0.5 * held * held).exponential  // 1/√(2π)
    return (lowest * probability, probability + held * density)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("GELU"), [argument])
  }
}
