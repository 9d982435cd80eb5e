/// A function of one argument and learnable scalars.
///
/// What a primitive writes: its names, `scalars`, `value`, `derivative` and
/// `derivative(byScalar:)`; `notation(of:scalars:)` where it is not written `name(x, scalar, …)`,
/// and `constants` where something of the scalars alone is worth computing once.
public protocol LearnableUnaryPrimitive: UnaryFunction {}

extension LearnableUnaryPrimitive {
  /// Empty: differentiable everywhere.
  public static var kinks: [Kink] { [] }

  /// Returns `name(argument, scalar, …)`.
  public static func notation(of argument: Notation, scalars: [Notation]) -> Notation {
    .call(name, latex: Notation.operatorName(name), [argument] + scalars)
  }
}
