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

  @inlinable public static func value(_ x: Double) -> Double { valueAndDerivative(x).value }
  @inlinable public static func derivative(_ x: Double) -> Double {
    valueAndDerivative(x).derivative
  }
  @inlinable public static func valueAndDerivative(
    _ x: Double
  ) -> (value: Double, derivative: Double) {
    let sine = HyperbolicSine.valueAndDerivative(x)
    return (abs(x) > 709 ? abs(sine.value) : sine.derivative, sine.value.saturated)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\cosh", [argument])
  }
}
