extension ActivationExpression {
  /// The same function without `left`, `right`, `identity`, double negations, and `max`, `min` and
  /// mixtures of equal arguments.
  ///
  /// The same function of every finite number, but for the last bits of a mixture of equals, if
  /// nothing is clipped. The canonical form that compares functions is another matter.
  public var simplified: ActivationExpression { simplified(within: .off) }

  /// The same function without operations that do nothing, as far as limits let them do nothing.
  ///
  /// Where outputs are clipped, an operation that passes `x` on clips it, and stays; the outputs of
  /// others are clipped already. Mixtures of equals, which round, are left out only where nothing
  /// is clipped; slopes below 1 keep everything.
  ///
  /// - Parameter limits: How operations are bounded.
  /// - Returns: The simplified function.
  public func simplified(within limits: Limits) -> ActivationExpression {
    guard limits.slopeBound >= 1 else { return self }
    switch self {
    case .input:
      return .input
    case .unary(let operation, let scalar, let argument):
      let inner = argument.simplified(within: limits)
      if operation.name == Identity.name, inner.isKept(by: limits) { return inner }
      if operation.name == Negation.name, case .unary(let other, _, let innermost) = inner,
        other.name == Negation.name, innermost.isKept(by: limits)
      {
        return innermost
      }
      return .unary(operation, scalar: scalar, inner)
    case .binary(let operation, let scalar, let first, let second):
      let (a, b) = (first.simplified(within: limits), second.simplified(within: limits))
      if operation.name == LeftArgument.name, a.isKept(by: limits) { return a }
      if operation.name == RightArgument.name, b.isKept(by: limits) { return b }
      // Open scalars are trained each for itself.
      if a == b, OperationSymmetry.idempotent.contains(operation.name), a.openScalars.isEmpty,
        a.isKept(by: limits), limits == .off || operation.name != Mix.name
      {
        return a
      }
      return .binary(operation, scalar: scalar, a, b)
    }
  }

  /// Whether an operation that passes this on does not clip it.
  private func isKept(by limits: Limits) -> Bool {
    guard case .output = limits.outputs else { return true }
    return self != .input
  }
}
