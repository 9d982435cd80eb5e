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
  public static let initialScalar: InitialScalar? = .beta

  @inlinable public static func value(_ x: Double, scalar: Double) -> Double {
    x * Sigmoid.value(scalar * x)
  }
  @inlinable public static func derivative(_ x: Double, scalar: Double) -> Double {
    let z = scalar * x
    let gate = Sigmoid.valueAndDerivative(z)
    let lowest = z < -1000 ? -1000 : z
    return gate.value + (lowest > 1000 ? 1000 : lowest) * gate.derivative
  }
  @inlinable public static func scalarDerivative(_ x: Double, scalar: Double) -> Double {
    (x * (x * Sigmoid.derivative(scalar * x))).saturated
  }

  public static func notation(of argument: Notation, scalar: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("Swish"), [argument, scalar])
  }
}
