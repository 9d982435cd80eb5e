/// A function of one argument and a learnable scalar.
///
/// What a primitive writes: its names, `initialScalar`, `value`, `derivative`, `scalarDerivative`
/// and `notation(of:scalar:)`.
public protocol LearnableUnaryPrimitive: UnaryFunction {
  /// Returns the derivative by `x`, finite for finite arguments.
  static func derivative(_ x: Double, scalar: Double) -> Double
}

extension LearnableUnaryPrimitive {
  /// Empty: differentiable everywhere.
  public static var kinks: [Kink] { [] }

  /// Returns the value and the derivative by `x`, computed one by one.
  @inlinable
  public static func valueAndDerivative(
    _ x: Double, scalar: Double
  ) -> (value: Double, derivative: Double) {
    (value(x, scalar: scalar), derivative(x, scalar: scalar))
  }
}
