extension ActivationExpression {
  /// Returns the value of the function.
  ///
  /// - Parameters:
  ///   - x: The pre-activation.
  ///   - bound: ℓ, by which every operation's output is clipped to ±ℓ; infinite for no clipping.
  /// - Returns: The value.
  public func value(at x: Double, bound: Double = .infinity) -> Double {
    valueAndDerivative(at: x, bound: bound).value
  }

  /// Returns the value of the function and its derivative, by forward differentiation.
  ///
  /// - Parameters:
  ///   - x: The pre-activation.
  ///   - bound: ℓ, by which every operation's output is clipped to ±ℓ, with derivative 0 outside;
  ///     infinite for no clipping.
  /// - Returns: The value and the derivative by `x`.
  public func valueAndDerivative(
    at x: Double, bound: Double = .infinity
  ) -> (value: Double, derivative: Double) {
    switch self {
    case .input:
      return (x, 1)
    case .unary(let operation, let scalar, let argument):
      let inner = argument.valueAndDerivative(at: x, bound: bound)
      let outer = operation.valueAndDerivative(inner.value, scalar: scalar ?? 0)
      return Self.clip(outer.value, outer.derivative * inner.derivative, bound: bound)
    case .binary(let operation, let scalar, let first, let second):
      let a = first.valueAndDerivative(at: x, bound: bound)
      let b = second.valueAndDerivative(at: x, bound: bound)
      let outer = operation.valueAndDerivatives(a.value, b.value, scalar: scalar ?? 0)
      let derivative = outer.byFirst * a.derivative + outer.bySecond * b.derivative
      return Self.clip(outer.value, derivative, bound: bound)
    }
  }

  /// The paper's bounding of one output: `value` clipped to ±`bound`, derivative 0 outside.
  private static func clip(
    _ value: Double, _ derivative: Double, bound: Double
  ) -> (value: Double, derivative: Double) {
    if value > bound { return (bound, 0) }
    if value < -bound { return (-bound, 0) }
    return (value, derivative)
  }
}
