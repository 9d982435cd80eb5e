extension ActivationExpression {
  /// The same function without `left`, `right`, `identity`, double negations, and `max`, `min` and
  /// mixtures of equal arguments.
  ///
  /// The same function of every finite number, but for the last bits of a mixture of equals; with a
  /// bound, only where the operations left out would not have clipped. The canonical form that
  /// compares functions is another matter.
  public var simplified: ActivationExpression {
    switch self {
    case .input:
      return .input
    case .unary(let operation, let scalar, let argument):
      let inner = argument.simplified
      if operation.name == Identity.name { return inner }
      if operation.name == Negation.name, case .unary(let other, _, let innermost) = inner,
        other.name == Negation.name
      {
        return innermost
      }
      return .unary(operation, scalar: scalar, inner)
    case .binary(let operation, let scalar, let first, let second):
      if operation.name == LeftArgument.name { return first.simplified }
      if operation.name == RightArgument.name { return second.simplified }
      let (a, b) = (first.simplified, second.simplified)
      // Open scalars are trained each for itself.
      if a == b, OperationSymmetry.idempotent.contains(operation.name), a.openScalars.isEmpty {
        return a
      }
      return .binary(operation, scalar: scalar, a, b)
    }
  }
}
