// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `atan x`: odd, bounded by ±π/2.
///
/// Slope 1/(1 + x²). Source: Ramachandran, Zoph, Le 2017.
public enum InverseTangent: UnaryPrimitive {
  public static let name = "atan"
  public static let formula = "arctan x"
  public static let latex = "\\arctan x"
  public static let traits: Traits = [.odd, .keepsNotNegative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x.inverseTangent
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    1 / (1 + x * x)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\arctan", [argument])
  }
}
