extension ActivationExpression {
  /// Returns the value of the function.
  ///
  /// - Parameters:
  ///   - x: The pre-activation.
  ///   - bounding: How operations are bounded.
  /// - Returns: The value.
  public func value(at x: Double, bounding: Bounding = .off) -> Double {
    valueAndDerivative(at: x, bounding: bounding).value
  }

  /// Returns the value of the function, with every operation's output clipped.
  ///
  /// - Parameters:
  ///   - x: The pre-activation.
  ///   - bound: ℓ, positive; infinite for no clipping.
  /// - Returns: The value.
  public func value(at x: Double, bound: Double) -> Double {
    value(at: x, bounding: Bounding(outputs: bound))
  }

  /// Returns the value of the function and its derivative, by forward differentiation.
  ///
  /// - Parameters:
  ///   - x: The pre-activation.
  ///   - bounding: How operations are bounded; where one is clipped, its derivative is 0.
  /// - Returns: The value and the derivative by `x`.
  public func valueAndDerivative(
    at x: Double, bounding: Bounding = .off
  ) -> (value: Double, derivative: Double) {
    switch self {
    case .input:
      return (x, 1)
    case .unary(let operation, let scalar, let argument):
      let range = bounding.clampedArguments(of: .unary(operation))
      let inner = Self.clamp(argument.valueAndDerivative(at: x, bounding: bounding), to: range)
      let outer = operation.valueAndDerivative(inner.value, scalar: operation.scalarOrStart(scalar))
      return Self.clip(
        outer.value, outer.derivative * inner.derivative, bound: bounding.outputBound)
    case .binary(let operation, let scalar, let first, let second):
      let range = bounding.clampedArguments(of: .binary(operation))
      let a = Self.clamp(first.valueAndDerivative(at: x, bounding: bounding), to: range)
      let b = Self.clamp(second.valueAndDerivative(at: x, bounding: bounding), to: range)
      let outer = operation.valueAndDerivatives(
        a.value, b.value, scalar: operation.scalarOrStart(scalar))
      let derivative = outer.byFirst * a.derivative + outer.bySecond * b.derivative
      return Self.clip(outer.value, derivative, bound: bounding.outputBound)
    }
  }

  /// Returns the value and its derivative, with every operation's output clipped.
  ///
  /// - Parameters:
  ///   - x: The pre-activation.
  ///   - bound: ℓ, positive; infinite for no clipping.
  /// - Returns: The value and the derivative by `x`.
  public func valueAndDerivative(
    at x: Double, bound: Double
  ) -> (value: Double, derivative: Double) {
    valueAndDerivative(at: x, bounding: Bounding(outputs: bound))
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
