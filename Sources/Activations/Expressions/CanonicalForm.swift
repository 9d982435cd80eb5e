/// The rules that make a function canonical: each builds one node over canonical arguments.
///
/// All but two keep every bit of the value: no rule regroups sums or products or merges two
/// scalars, because rounding and overflow would change. Signs are moved outward, so that `-a * b`
/// and `a * -b` meet; arguments that commute are ordered; a known operation replaces a composition
/// of others, or the composition the operation where only people use it.
enum CanonicalForm {
  typealias Expression = ActivationExpression

  /// Returns the canonical form of a unary operation.
  ///
  /// - Parameters:
  ///   - operation: The operation.
  ///   - scalar: Its scalar.
  ///   - a: The argument, canonical.
  /// - Returns: The canonical form.
  static func unary(_ operation: UnaryOperation, _ scalar: Double?, _ a: Expression) -> Expression {
    let scalar = operation.isLearnable ? operation.scalarOrStart(scalar) : nil
    if FormulaGrammar.spelling(of: .unary(operation)).dropsArgument {
      return .constant(operation.value(0, scalar: operation.scalarOrStart(scalar)))
    }
    if let number = a.constantValue {
      let value = operation.value(number, scalar: operation.scalarOrStart(scalar))
      if value.isFinite { return .constant(value) }
    }
    return sameButSimpler(operation, operation.scalarOrStart(scalar), a) ?? signed(
      operation, scalar, a)
      ?? .unary(operation, scalar: scalar, a)
  }

  /// The form without the operation, where it does nothing to this argument.
  private static func sameButSimpler(
    _ operation: UnaryOperation, _ scalar: Double, _ a: Expression
  ) -> Expression? {
    if let composed = composition(operation, of: a) { return composed }
    switch operation.name {
    case Identity.name: return a
    case Negation.name: return negated(a)
    case Shift.name where scalar == 0: return a
    case Scale.name where scalar == 1: return a
    case Scale.name where scalar == 0: return .constant(0)
    case AbsoluteValue.name where a.isNotPositive: return negated(a)
    case ReLU.name where a.isNotPositive: return .constant(0)
    case NegativePart.name where a.isNotNegative: return .constant(0)
    case NegativePart.name where a.isNotPositive: return a
    default: break
    }
    if OperationSymmetry.identityAboveZero.contains(operation.name), a.isNotNegative { return a }
    if OperationSymmetry.even.contains(operation.name), let b = a.argument(of: AbsoluteValue.self) {
      return unary(operation, nil, b)
    }
    return nil
  }

  /// The form with the sign of the argument, or of a factor, taken out.
  private static func signed(
    _ operation: UnaryOperation, _ scalar: Double?, _ a: Expression
  ) -> Expression? {
    if operation.name == Scale.name, let scalar, scalar < 0 {
      return negated(unary(operation, -scalar, a))
    }
    guard let b = a.argument(of: Negation.self) else { return nil }
    if OperationSymmetry.even.contains(operation.name) { return unary(operation, nil, b) }
    if OperationSymmetry.odd.contains(operation.name) { return negated(unary(operation, nil, b)) }
    switch operation.name {
    case Scale.name: return negated(unary(operation, scalar, b))
    case Shift.name: return negated(unary(operation, scalar.map { -$0 }, b))
    case ReLU.name: return negated(unary(UnaryOperation(NegativePart.self), nil, b))
    case NegativePart.name: return negated(unary(UnaryOperation(ReLU.self), nil, b))
    default: return nil
    }
  }

  /// Returns the canonical form of `-a`.
  static func negated(_ a: Expression) -> Expression {
    if let b = a.argument(of: Negation.self) { return b }
    if let number = a.constantValue { return .constant(-number) }
    return .apply(Negation.self, a)
  }

  /// Returns the canonical form of a binary operation.
  ///
  /// - Parameters:
  ///   - operation: The operation.
  ///   - scalar: Its scalar.
  ///   - a: The first argument, canonical.
  ///   - b: The second argument, canonical.
  /// - Returns: The canonical form.
  static func binary(
    _ operation: BinaryOperation, _ scalar: Double?, _ a: Expression, _ b: Expression
  ) -> Expression {
    let scalar = operation.isLearnable ? operation.scalarOrStart(scalar) : nil
    // Before constants are folded, which would round a mixture of equals.
    if a == b, OperationSymmetry.idempotent.contains(operation.name) { return a }
    if let first = a.constantValue, let second = b.constantValue {
      let value = operation.value(first, second, scalar: operation.scalarOrStart(scalar))
      if value.isFinite { return .constant(value) }
    }
    let rewritten: Expression? =
      switch operation.name {
      case LeftArgument.name: a
      case RightArgument.name: b
      case Addition.name: sum(a, b)
      case Subtraction.name: difference(a, b)
      case Multiplication.name: product(a, b)
      case Maximum.name: maximum(a, b)
      case Minimum.name: minimum(a, b)
      case SigmoidGate.name: multiplied(unary(UnaryOperation(Sigmoid.self), nil, a), b)
      case Mix.name: mixed(a, b, operation.scalarOrStart(scalar))
      default: nil
      }
    if let rewritten { return rewritten }
    if OperationSymmetry.commutative.contains(operation.name), precedes(b, a) {
      return .binary(operation, scalar: scalar, b, a)
    }
    return .binary(operation, scalar: scalar, a, b)
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
