extension CanonicalForm {
  private static func shifted(_ a: Expression, by number: Double) -> Expression {
    apply(Shift.self, a, scalars: [number])
  }

  private static func added(_ a: Expression, _ b: Expression) -> Expression {
    apply(Addition.self, a, b)
  }

  private static func subtracted(_ a: Expression, _ b: Expression) -> Expression {
    apply(Subtraction.self, a, b)
  }

  static func multiplied(_ a: Expression, _ b: Expression) -> Expression {
    apply(Multiplication.self, a, b)
  }

  /// `a + b`, where it is another form than the sum as it stands.
  static func sum(_ a: Expression, _ b: Expression) -> Expression? {
    if let number = b.constantValue { return shifted(a, by: number) }
    if let number = a.constantValue { return shifted(b, by: number) }
    if a == b { return apply(Scale.self, a, scalars: [2]) }
    if isSplit(a, b) || isSplit(b, a) { return a.onlyArgument }
    switch (a.argument(of: Negation.self), b.argument(of: Negation.self)) {
    case (let p?, let q?): return negated(added(p, q))
    case (let p?, nil): return subtracted(b, p)
    case (nil, let q?): return subtracted(a, q)
    case (nil, nil): return nil
    }
  }

  /// Whether these are max(c, 0) and min(c, 0) of the same c.
  private static func isSplit(_ a: Expression, _ b: Expression) -> Bool {
    guard let c = a.argument(of: ReLU.self) else { return false }
    return b.argument(of: NegativePart.self) == c
  }

  /// `a - b`, where it is another form than the difference as it stands.
  ///
  /// `a - a` is 0: where `a` is infinite or NaN, the difference is NaN and not to be kept.
  static func difference(_ a: Expression, _ b: Expression) -> Expression? {
    if a == b { return .constant(0) }
    if let number = b.constantValue { return shifted(a, by: -number) }
    if let number = a.constantValue { return negated(shifted(b, by: -number)) }
    if isSplit(a, b), let c = a.onlyArgument { return apply(AbsoluteValue.self, c) }
    if isSplit(b, a), let c = a.onlyArgument { return negated(apply(AbsoluteValue.self, c)) }
    switch (a.argument(of: Negation.self), b.argument(of: Negation.self)) {
    case (let p?, let q?): return subtracted(q, p)
    case (let p?, nil): return negated(added(p, b))
    case (nil, let q?): return added(a, q)
    case (nil, nil): return precedes(b, a) ? negated(subtracted(b, a)) : nil
    }
  }

  /// `a * b`, where it is another form than the product as it stands.
  static func product(_ a: Expression, _ b: Expression) -> Expression? {
    if let number = a.constantValue { return apply(Scale.self, b, scalars: [number]) }
    if let number = b.constantValue { return apply(Scale.self, a, scalars: [number]) }
    switch (a.argument(of: Negation.self), b.argument(of: Negation.self)) {
    case (let p?, let q?): return multiplied(p, q)
    case (let p?, nil): return negated(multiplied(p, b))
    case (nil, let q?): return negated(multiplied(a, q))
    case (nil, nil): break
    }
    if a == b { return apply(Square.self, a) }
    for (factor, c) in [(a, b), (b, a)] {
      if factor.argument(of: Square.self) == c { return apply(Cube.self, c) }
      // Not to the last bit: x · σ(x) and SiLU round differently.
      if factor.argument(of: Sigmoid.self) == c { return apply(SiLU.self, c) }
    }
    return nil
  }

  /// `max(a, b)`, where it is another form than the maximum as it stands.
  static func maximum(_ a: Expression, _ b: Expression) -> Expression? {
    extremum(a, b, zero: ReLU.self, opposite: Minimum.self) {
      $0.isNotNegative && $1.isNotPositive
    } absolute: {
      apply(AbsoluteValue.self, $0)
    }
  }

  /// `min(a, b)`, where it is another form than the minimum as it stands.
  static func minimum(_ a: Expression, _ b: Expression) -> Expression? {
    extremum(a, b, zero: NegativePart.self, opposite: Maximum.self) {
      $0.isNotPositive && $1.isNotNegative
    } absolute: {
      negated(apply(AbsoluteValue.self, $0))
    }
  }

  /// What the maximum and the minimum have in common.
  ///
  /// - Parameters:
  ///   - a: An argument.
  ///   - b: Another.
  ///   - zero: The operation with the constant 0.
  ///   - opposite: The operation of the negated arguments.
  ///   - wins: Whether the first argument is always the result.
  ///   - absolute: The operation of an argument and its negative.
  /// - Returns: Another form; nil for none.
  private static func extremum(
    _ a: Expression, _ b: Expression, zero: any UnaryFunction.Type,
    opposite: any BinaryFunction.Type, wins: (Expression, Expression) -> Bool,
    absolute: (Expression) -> Expression
  ) -> Expression? {
    if wins(a, b) { return a }
    if wins(b, a) { return b }
    if b.constantValue == 0 { return apply(zero, a) }
    if a.constantValue == 0 { return apply(zero, b) }
    if negated(a) == b { return absolute(a) }
    return withoutSigns(a, b).map { negated(apply(opposite, $0, $1)) }
  }

  /// `mix(a, b, γ)`, where it is another form than as it stands.
  static func mixed(_ a: Expression, _ b: Expression, _ scalar: Double) -> Expression? {
    if let (p, q) = withoutSigns(a, b) { return negated(apply(Mix.self, p, q, scalars: [scalar])) }
    return precedes(b, a) ? .apply(Mix.self, b, a, scalars: [-scalar]) : nil
  }
}
