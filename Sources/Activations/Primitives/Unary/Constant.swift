// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `β`: a learnable constant that ignores its argument.
///
/// Slope 0 by the argument and 1 by the scalar. Source: Ramachandran, Zoph, Le 2017.
public enum Constant: LearnableUnaryPrimitive {
  public static let name = "beta"
  public static let formula = "β"
  public static let latex = "\\beta"
  public static let initialScalar: InitialScalar? = .beta

  @inlinable public static func value(_ x: Double, scalar: Double) -> Double { scalar }
  @inlinable public static func derivative(_ x: Double, scalar: Double) -> Double { 0 }
  @inlinable public static func scalarDerivative(_ x: Double, scalar: Double) -> Double { 1 }

  public static func notation(of argument: Notation, scalar: Notation) -> Notation { scalar }
}
