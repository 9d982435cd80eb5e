extension ActivationExpression {
  /// Returns the value of the function.
  ///
  /// - Parameters:
  ///   - x: The pre-activation.
  ///   - limits: How operations are bounded.
  /// - Returns: The value.
  public func value(at x: Double, limits: Limits = .off) -> Double {
    valueAndDerivative(at: x, limits: limits).value
  }

  /// Returns the value of the function and its derivative, by forward differentiation; the
  /// derivative is held finite, as those of operations are.
  ///
  /// - Parameters:
  ///   - x: The pre-activation.
  ///   - limits: How operations are bounded; where one is clipped, its derivative is 0.
  /// - Returns: The value and the derivative by `x`.
  public func valueAndDerivative(
    at x: Double, limits: Limits = .off
  ) -> (value: Double, derivative: Double) {
    switch self {
    case .input:
      return (x, 1)
    case .unary(let operation, let scalar, let argument):
      let range = limits.outputs.clampedArguments(of: .unary(operation))
      let inner = Self.clamp(argument.valueAndDerivative(at: x, limits: limits), to: range)
      let outer = operation.valueAndDerivative(inner.value, scalar: operation.scalarOrStart(scalar))
      return Self.clip(
        outer.value, (limits.slope(outer.derivative) * inner.derivative).saturated,
        bound: limits.outputs.outputBound)
    case .binary(let operation, let scalar, let first, let second):
      let range = limits.outputs.clampedArguments(of: .binary(operation))
      let a = Self.clamp(first.valueAndDerivative(at: x, limits: limits), to: range)
      let b = Self.clamp(second.valueAndDerivative(at: x, limits: limits), to: range)
      let outer = operation.valueAndDerivatives(
        a.value, b.value, scalar: operation.scalarOrStart(scalar))
      // Held finite each, lest two of different signs give NaN.
      let byFirst = (limits.slope(outer.byFirst) * a.derivative).saturated
      let bySecond = (limits.slope(outer.bySecond) * b.derivative).saturated
      return Self.clip(
        outer.value, (byFirst + bySecond).saturated, bound: limits.outputs.outputBound)
    }
  }

  /// An output clipped to ±`bound`, with derivative 0 outside.
  private static func clip(
    _ value: Double, _ derivative: Double, bound: Double
  ) -> (value: Double, derivative: Double) {
    if value > bound { return (bound, 0) }
    if value < -bound { return (-bound, 0) }
    return (value, derivative)
  }

  /// An argument clamped to an interval, with derivative 0 outside.
  private static func clamp(
    _ argument: (value: Double, derivative: Double), to range: ClosedRange<Double>?
  ) -> (value: Double, derivative: Double) {
    guard let range else { return argument }
    let clamped = range.clamp(argument.value)
    return (clamped, clamped == argument.value || clamped.isNaN ? argument.derivative : 0)
  }
}

extension Limits {
  /// An operation's derivative by an argument, within the limit of slopes.
  fileprivate func slope(_ derivative: Double) -> Double {
    guard let slopes else { return derivative }
    return (-slopes...slopes).clamp(derivative)
  }
}
