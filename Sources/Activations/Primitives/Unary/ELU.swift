import Foundation

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

  @inlinable public static func value(_ x: Double) -> Double { valueAndDerivative(x).value }
  @inlinable public static func derivative(_ x: Double) -> Double {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    if x > 0 { return (x, 1) }
    if x < -1 {
      let e = exp(x)
      return (e - 1, e)
    }
    let m = expm1(x)
    return (m, m + 1)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("ELU"), [argument])
  }
}
