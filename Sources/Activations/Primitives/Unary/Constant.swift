// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `β`: a learnable constant that ignores its argument.
///
/// Slope 0 by the argument and 1 by the scalar. Source: Ramachandran, Zoph, Le 2017.
public enum Constant: LearnableUnaryPrimitive {
  public static let name = "beta"
  public static let formula = "β"
  public static let latex = "\\beta"
  public static let scalars = [LearnableScalar.beta]

  @inlinable public static func value<Number: Elementary>(
    _ x: Number, _ constants: [Number]
  ) -> Number {
    constants[0]
  }
  @inlinable public static func derivative<Number: Elementary>(
    _ x: Number, _ constants: [Number]
  ) -> Number {
    0
  }
  @inlinable public static func derivative<Number: Elementary>(
    byScalar index: Int, _ x: Number, _ constants: [Number]
  ) -> Number {
    1
  }

  public static func notation(of argument: Notation, scalars: [Notation]) -> Notation { scalars[0] }
}
