import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x³`.
///
/// Slope 3x². The value overflows beyond |x| ≈ 5.6e102. Source: Ramachandran, Zoph, Le 2017.
public enum Cube: UnaryPrimitive {
  public static let name = "cube"
  public static let formula = "x³"
  public static let latex = "x^3"
  public static let traits: Traits = [.odd, .keepsNotNegative]

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    x * x * x
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    (3 * x * x).saturated
  }

  public static func clampedArguments(for bound: Double) -> ClosedRange<Double>? {
    -cbrt(bound)...cbrt(bound)
  }

  public static func notation(of argument: Notation) -> Notation { .power(argument, 3) }
}
