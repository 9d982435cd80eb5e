// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `cosh x = (eˣ + e⁻ˣ) / 2`.
///
/// Slope sinh x. Both are those of `HyperbolicSine` the other way round; beyond |x| = 709, where
/// they are the same number but for the sign, the value is taken from the one that may overflow.
/// Source: Ramachandran, Zoph, Le 2017.
public enum HyperbolicCosine: UnaryPrimitive {
  public static let name = "cosh"
  public static let formula = "(eˣ + e⁻ˣ) / 2"
  public static let latex = "\\cosh x"
  public static let traits: Traits = [.even, .notNegative]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).value
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    let both = x.hyperbolic
    return (both.cosine, both.sine.saturated)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\cosh", [argument])
  }
}
