// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `asinh x = ln(x + √(x² + 1))`: odd, grows as a logarithm.
///
/// Slope 1/√(1 + x²); where x² would overflow, that is 1/|x|. Source: Ramachandran, Zoph, Le 2017.
public enum InverseHyperbolicSine: UnaryPrimitive {
  public static let name = "asinh"
  public static let formula = "ln(x + √(x² + 1))"
  public static let latex = "\\operatorname{asinh} x"
  public static let traits: Traits = [.odd, .keepsNotNegative, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x.inverseHyperbolicSine
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    // Beyond 1e10, 1 + x² is x², which single precision has no room for.
    .select(x.magnitude > 1e10, 1 / x.magnitude.atLeast(1), 1 / (1 + x * x).root)
  }
}
