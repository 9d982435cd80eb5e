// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `x · σ(βx)`, β learnable.
///
/// With z = βx, slopes σ(z) + z·σ′(z) by the argument and x²·σ′(z) by β; z is held at ±1000 where
/// σ′ vanishes, so that no 0 · ∞ arises. With β = 1 it is `silu`. Source: Ramachandran, Zoph, Le
/// 2017.
public enum Swish: LearnableUnaryPrimitive {
  public static let name = "swish"
  public static let formula = "x · σ(β · x)"
  public static let latex = "x \\, \\sigma\\left(\\beta x\\right)"
  public static let scalars = [LearnableScalar.beta]

  @inlinable public static func value<Number: Elementary>(
    _ x: Number, _ constants: [Number]
  ) -> Number {
    x * (constants[0] * x).value(of: Sigmoid.self)
  }
  @inlinable public static func derivative<Number: Elementary>(
    _ x: Number, _ constants: [Number]
  ) -> Number {
    let product = (constants[0] * x).named("z")
    let gate = product.valueAndDerivative(of: Sigmoid.self)
    return gate.value + product.atLeast(-1000).atMost(1000) * gate.derivative
  }
  @inlinable public static func derivative<Number: Elementary>(
    byScalar index: Int, _ x: Number, _ constants: [Number]
  ) -> Number {
    (x * (x * (constants[0] * x).derivative(of: Sigmoid.self))).saturated
  }

  public static func notation(of argument: Notation, scalars: [Notation]) -> Notation {
    .call(name, latex: Notation.operatorName("Swish"), [argument] + scalars)
  }
}
