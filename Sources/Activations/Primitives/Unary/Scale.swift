// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `β · x`: the argument times a learnable scalar.
///
/// Slope β by the argument and x by the scalar. Source: Ramachandran, Zoph, Le 2017.
public enum Scale: LearnableUnaryPrimitive {
  public static let name = "beta_times_x"
  public static let formula = "β · x"
  public static let latex = "\\beta x"
  public static let scalars = [LearnableScalar.beta]

  @inlinable public static func value<Number: Elementary>(
    _ x: Number, _ constants: [Number]
  ) -> Number {
    constants[0] * x
  }
  @inlinable public static func derivative<Number: Elementary>(
    _ x: Number, _ constants: [Number]
  ) -> Number {
    constants[0]
  }
  @inlinable public static func derivative<Number: Elementary>(
    byScalar index: Int, _ x: Number, _ constants: [Number]
  ) -> Number {
    x
  }

  public static func notation(of argument: Notation, scalars: [Notation]) -> Notation {
    .product(scalars[0], argument)
  }
}
