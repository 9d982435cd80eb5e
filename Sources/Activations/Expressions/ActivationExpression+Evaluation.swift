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

  /// Returns the values of the function at many points, with the bits of `value(at:limits:)`, in
  /// a fraction of its time: every operation runs over all of them.
  ///
  /// - Parameters:
  ///   - points: The pre-activations.
  ///   - limits: How operations are bounded.
  /// - Returns: As many values.
  package func values(at points: [Double], limits: Limits = .off) -> [Double] {
    guard case .node(let node) = self else { return points }
    let range = limits.outputs.clampedArguments(of: node.operation)
    let arguments = node.arguments.map { argument in
      let values = argument.values(at: points, limits: limits)
      return range.map { range in values.map(range.clamp) } ?? values
    }
    let (first, last) = (arguments[0], arguments[arguments.count - 1])
    var values = [Double](repeating: 0, count: points.count)
    do {
      var span = values.mutableSpan
      node.operation.evaluate(first.span, last.span, scalars: node.numbers, values: &span)
    }
    let bound = limits.outputs.outputBound
    guard bound < .infinity else { return values }
    return values.map { $0 > bound ? bound : $0 < -bound ? -bound : $0 }
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
    guard case .node(let node) = self else { return (x, 1) }
    let range = limits.outputs.clampedArguments(of: node.operation)
    let bound = limits.outputs.outputBound
    func argument(_ index: Int) -> (value: Double, derivative: Double) {
      Self.clamp(node.arguments[index].valueAndDerivative(at: x, limits: limits), to: range)
    }
    switch node.operation.kind {
    case .unary(let primitive):
      let inner = argument(0)
      let outer = primitive.valueAndDerivative(inner.value, scalars: node.numbers)
      return Self.clip(
        outer.value, (limits.slope(outer.derivative) * inner.derivative).saturated, bound: bound)
    case .binary(let primitive):
      let (a, b) = (argument(0), argument(1))
      let outer = primitive.valueAndDerivatives(a.value, b.value, scalars: node.numbers)
      // Held finite each, lest two of different signs give NaN.
      let byFirst = (limits.slope(outer.byFirst) * a.derivative).saturated
      let bySecond = (limits.slope(outer.bySecond) * b.derivative).saturated
      return Self.clip(outer.value, (byFirst + bySecond).saturated, bound: bound)
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
