// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x + β`: the argument moved by a learnable scalar.
///
/// Slope 1 by the argument and 1 by the scalar. Source: Ramachandran, Zoph, Le 2017.
public enum Shift: LearnableUnaryPrimitive {
  public static let name = "x_plus_beta"
  public static let formula = "x + β"
  public static let latex = "x + \\beta"
  public static let initialScalar: InitialScalar? = .beta

  @inlinable public static func value(_ x: Double, scalar: Double) -> Double { x + scalar }
  @inlinable public static func derivative(_ x: Double, scalar: Double) -> Double { 1 }
  @inlinable public static func scalarDerivative(_ x: Double, scalar: Double) -> Double { 1 }

  public static func notation(of argument: Notation, scalar: Notation) -> Notation {
    .sum(argument, scalar)
  }
}
