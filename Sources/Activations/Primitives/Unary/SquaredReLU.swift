// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `max(x, 0)²`: the squared rectifier, ReLU².
///
/// Slope 2·max(x, 0), continuous at 0. The value overflows beyond x ≈ 1.3e154. Source: So et al.
/// 2021 (Primer).
public enum SquaredReLU: UnaryPrimitive {
  public static let name = "squared_relu"
  public static let formula = "max(x, 0)²"
  public static let latex = "\\max\\left(x, 0\\right)^2"
  public static let traits: Traits = [.notNegative]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    .select(x <= 0, 0, x * x)
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    .select(x <= 0, 0, (2 * x).saturated)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("ReLU") + "^2", [argument])
  }
}
