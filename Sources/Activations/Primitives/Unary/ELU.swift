// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x` for x > 0, `eˣ − 1` below: the exponential linear unit with α = 1.
///
/// Slope 1 above 0, eˣ below; continuous at 0. Down to −1 the slope is made from expm1(x), further
/// down the value from eˣ: one exponential each, and no digits lost. Source: Clevert, Unterthiner,
/// Hochreiter 2016.
public enum ELU: UnaryPrimitive {
  public static let name = "elu"
  public static let formula = "x if x > 0, else eˣ − 1"
  public static let latex = "\\begin{cases} x & x > 0 \\\\ e^{x} - 1 & x \\le 0 \\end{cases}"
  public static let traits: Traits = [.identityAboveZero, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).value
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    // What code computes above 0, too, must not overflow.
    let low = Number.select(x > 0, 0, x).named("low")
    let (value, derivative) = Number.select(x < -1) {
      let power = low.exponential
      return (power - 1, power)
    } otherwise: {
      let less = low.exponentialMinusOne
      return (less, less + 1)
    }
    return (.select(x > 0, x, value), .select(x > 0, 1, derivative))
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("ELU"), [argument])
  }
}
