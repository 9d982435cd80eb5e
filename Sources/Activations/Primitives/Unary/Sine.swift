// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `sin x`.
///
/// Slope cos x. Source: Ramachandran, Zoph, Le 2017.
public enum Sine: UnaryPrimitive {
  public static let name = "sin"
  public static let formula = "sin x"
  public static let latex = "\\sin x"
  public static let traits: Traits = [.odd, .gentle]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x.sine
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    x.cosine
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: "\\sin", [argument])
  }
}
