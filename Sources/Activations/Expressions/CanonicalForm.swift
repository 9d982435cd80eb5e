/// The rules that make a function canonical: each builds one node over canonical arguments.
///
/// All but two keep every bit of the value: no rule regroups sums or products or merges two
/// scalars, because rounding and overflow would change. Signs are moved outward, so that `-a * b`
/// and `a * -b` meet; arguments that commute are ordered; a known operation replaces a composition
/// of others, or the composition the operation where only people use it.
enum CanonicalForm {
  typealias Expression = ActivationExpression

  /// Returns the canonical form of an operation.
  ///
  /// - Parameters:
  ///   - operation: The operation.
  ///   - scalars: Its scalars.
  ///   - arguments: The arguments, canonical.
  /// - Returns: The canonical form.
  static func node(
    _ operation: ElementaryOperation, _ scalars: [Double], _ arguments: [Expression]
  ) -> Expression {
    // Before constants are folded, which would round a mixture of equals.
    if operation.traits.contains(.idempotent), arguments.count > 1,
      arguments.allSatisfy({ $0 == arguments[0] })
    {
      return arguments[0]
    }
    let isConstant = FormulaGrammar.spelling(of: operation).dropsArgument
    let numbers = isConstant ? [0] : arguments.compactMap(\.constantValue)
    if numbers.count == arguments.count {
      let value = operation.value(of: numbers, scalars: scalars)
      if isConstant || value.isFinite { return .constant(value) }
    }
    switch operation.arity {
    case .unary: return unary(operation, scalars, arguments[0])
    case .binary: return binary(operation, scalars, arguments[0], arguments[1])
    }
  }

  private static func unary(
    _ operation: ElementaryOperation, _ scalars: [Double], _ a: Expression
  ) -> Expression {
    sameButSimpler(operation, scalars, a) ?? signed(operation, scalars, a)
      ?? Expression(operation, scalars: scalars, a)
  }

  /// The canonical form of a primitive of one argument.
  static func apply(
    _ primitive: any UnaryFunction.Type, _ a: Expression, scalars: [Double] = []
  ) -> Expression {
    node(ElementaryOperation(primitive), scalars, [a])
  }

  /// The canonical form of a primitive of two.
  static func apply(
    _ primitive: any BinaryFunction.Type, _ a: Expression, _ b: Expression, scalars: [Double] = []
  ) -> Expression {
    node(ElementaryOperation(primitive), scalars, [a, b])
  }

  /// The form without the operation, where it does nothing to this argument.
  private static func sameButSimpler(
    _ operation: ElementaryOperation, _ scalars: [Double], _ a: Expression
  ) -> Expression? {
    if let composed = composition(operation, of: a) { return composed }
    switch operation.name {
    case Identity.name: return a
    case Negation.name: return negated(a)
    case Shift.name where scalars == [0]: return a
    case Scale.name where scalars == [1]: return a
    case Scale.name where scalars == [0]: return .constant(0)
    case AbsoluteValue.name where a.isNotPositive: return negated(a)
    case ReLU.name where a.isNotPositive: return .constant(0)
    case NegativePart.name where a.isNotNegative: return .constant(0)
    case NegativePart.name where a.isNotPositive: return a
    default: break
    }
    if operation.traits.contains(.identityAboveZero), a.isNotNegative { return a }
    if operation.traits.contains(.even), let b = a.argument(of: AbsoluteValue.self) {
      return node(operation, scalars, [b])
    }
    return nil
  }

  /// The form with the sign of the argument, or of a factor, taken out.
  private static func signed(
    _ operation: ElementaryOperation, _ scalars: [Double], _ a: Expression
  ) -> Expression? {
    if operation.name == Scale.name, scalars[0] < 0 {
      return negated(node(operation, [-scalars[0]], [a]))
    }
    guard let b = a.argument(of: Negation.self) else { return nil }
    if operation.traits.contains(.even) { return node(operation, scalars, [b]) }
    if operation.traits.contains(.odd) { return negated(node(operation, scalars, [b])) }
    switch operation.name {
    case Scale.name: return negated(node(operation, scalars, [b]))
    case Shift.name: return negated(node(operation, [-scalars[0]], [b]))
    case ReLU.name: return negated(apply(NegativePart.self, b))
    case NegativePart.name: return negated(apply(ReLU.self, b))
    default: return nil
    }
  }

  /// Returns the canonical form of `-a`.
  static func negated(_ a: Expression) -> Expression {
    if let b = a.argument(of: Negation.self) { return b }
    if let number = a.constantValue { return .constant(-number) }
    return .apply(Negation.self, a)
  }

  private static func binary(
    _ operation: ElementaryOperation, _ scalars: [Double], _ a: Expression, _ b: Expression
  ) -> Expression {
    let rewritten: Expression? =
      switch operation.name {
      case LeftArgument.name: a
      case RightArgument.name: b
      case Addition.name: sum(a, b)
      case Subtraction.name: difference(a, b)
      case Multiplication.name: product(a, b)
      case Maximum.name: maximum(a, b)
      case Minimum.name: minimum(a, b)
      case SigmoidGate.name: apply(Multiplication.self, apply(Sigmoid.self, a), b)
      case Mix.name: mixed(a, b, scalars[0])
      default: nil
      }
    if let rewritten { return rewritten }
    if operation.traits.contains(.commutative), precedes(b, a) {
      return Expression(operation, scalars: scalars, b, a)
    }
    return Expression(operation, scalars: scalars, a, b)
  }

  /// `-a` and `-b` without their signs, where one is negated and the other is that or a constant.
  static func withoutSigns(_ a: Expression, _ b: Expression) -> (Expression, Expression)? {
    switch (a.argument(of: Negation.self), b.argument(of: Negation.self)) {
    case (let p?, let q?): return (p, q)
    case (let p?, nil): return b.constantValue.map { (p, .constant(-$0)) }
    case (nil, let q?): return a.constantValue.map { (.constant(-$0), q) }
    case (nil, nil): return nil
    }
  }
}
