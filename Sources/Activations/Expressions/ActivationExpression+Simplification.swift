extension ActivationExpression {
  /// The same function without `left`, `right`, `identity` and double negations.
  ///
  /// The same function of every finite number; with a bound, only where the operations left out
  /// would not have clipped. The canonical form that compares functions is another matter.
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
      return .binary(operation, scalar: scalar, first.simplified, second.simplified)
    }
  }
}
