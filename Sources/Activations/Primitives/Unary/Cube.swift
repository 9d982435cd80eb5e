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

  @inlinable public static func value(_ x: Double) -> Double { x * x * x }
  @inlinable public static func derivative(_ x: Double) -> Double { (3 * x * x).saturated }

  public static func clampedArguments(for bound: Double) -> ClosedRange<Double>? {
    -cbrt(bound)...cbrt(bound)
  }

  public static func notation(of argument: Notation) -> Notation { .power(argument, 3) }
}
