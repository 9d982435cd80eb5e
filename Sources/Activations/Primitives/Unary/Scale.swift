// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `β · x`: the argument times a learnable scalar.
///
/// Slope β by the argument and x by the scalar. Source: Ramachandran, Zoph, Le 2017.
public enum Scale: LearnableUnaryPrimitive {
  public static let name = "beta_times_x"
  public static let formula = "β · x"
  public static let latex = "\\beta x"
  public static let initialScalar: InitialScalar? = .beta

  @inlinable public static func value(_ x: Double, scalar: Double) -> Double { scalar * x }
  @inlinable public static func derivative(_ x: Double, scalar: Double) -> Double { scalar }
  @inlinable public static func scalarDerivative(_ x: Double, scalar: Double) -> Double { x }

  public static func notation(of argument: Notation, scalar: Notation) -> Notation {
    .product(scalar, argument)
  }
}
