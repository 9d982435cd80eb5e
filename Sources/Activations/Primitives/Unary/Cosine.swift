// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `cos x`.
///
/// Slope −sin x. Source: Ramachandran, Zoph, Le 2017.
public enum Cosine: UnaryPrimitive {
  public static let name = "cos"
  public static let formula = "cos x"
  public static let latex = "\\cos x"
  public static let traits: Traits = [.even, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x.cosine
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    -x.sine
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\cos", [argument])
  }
}
