// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x²`.
///
/// Slope 2x. The value overflows beyond |x| ≈ 1.3e154. Source: Ramachandran, Zoph, Le 2017.
public enum Square: UnaryPrimitive {
  public static let name = "square"
  public static let formula = "x²"
  public static let latex = "x^2"
  public static let traits: Traits = [.even, .notNegative]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x * x
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    (2 * x).saturated
  }

  public static func clampedArguments(for bound: Double) -> ClosedRange<Double>? {
    -bound.squareRoot()...bound.squareRoot()
  }

  public static func notation(of argument: Notation) -> Notation { .power(argument, 2) }
}
