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
    guard case .node(let node) = self else { return .input }
    let arguments = node.arguments.map { $0.simplified(within: limits) }
    return Self.passedOn(node.operation, arguments, within: limits)
      ?? .node(Node(node.operation, scalars: node.scalars, arguments))
  }

  /// What is left of an operation that does nothing to its simplified arguments.
  private static func passedOn(
    _ operation: ElementaryOperation, _ arguments: [ActivationExpression], within limits: Limits
  ) -> ActivationExpression? {
    let first = arguments[0]
    switch operation.name {
    case Identity.name, LeftArgument.name:
      return first.isKept(by: limits) ? first : nil
    case RightArgument.name:
      return arguments[1].isKept(by: limits) ? arguments[1] : nil
    case Negation.name:
      guard let innermost = first.argument(of: Negation.self), innermost.isKept(by: limits)
      else { return nil }
      return innermost
    default:
      // Open scalars are trained each for itself.
      guard operation.traits.contains(.idempotent), arguments.count > 1,
        arguments.allSatisfy({ $0 == first }),
        first.openScalars.isEmpty, first.isKept(by: limits),
        limits == .off || operation.name != Mix.name
      else { return nil }
      return first
    }
  }

  /// Whether an operation that passes this on does not clip it.
  private func isKept(by limits: Limits) -> Bool {
    guard case .output = limits.outputs else { return true }
    return self != .input
  }
}
