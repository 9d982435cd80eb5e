// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x + β`: the argument moved by a learnable scalar.
///
/// Slope 1 by the argument and 1 by the scalar. Source: Ramachandran, Zoph, Le 2017.
public enum Shift: LearnableUnaryPrimitive {
  public static let name = "x_plus_beta"
  public static let formula = "x + β"
  public static let latex = "x + \\beta"
  public static let scalars = [LearnableScalar.beta]
  public static let traits: Traits = [.gentle]

  @inlinable public static func value<Number: Elementary>(
    _ x: Number, _ constants: [Number]
  ) -> Number {
    x + constants[0]
  }
  @inlinable public static func derivative<Number: Elementary>(
    _ x: Number, _ constants: [Number]
  ) -> Number {
    1
  }
  @inlinable public static func derivative<Number: Elementary>(
    byScalar index: Int, _ x: Number, _ constants: [Number]
  ) -> Number {
    1
  }

  public static func notation(of argument: Notation, scalars: [Notation]) -> Notation {
    .sum(argument, scalars[0])
  }
}
