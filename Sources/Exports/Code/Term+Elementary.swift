import Activations

/// Formulas of primitives write themselves down.
extension Term: Elementary {
  init(floatLiteral value: Double) { self.init(value) }
  init(integerLiteral value: Int) { self.init(Double(value)) }

  /// A function of terms; of numbers, the number.
  private static func apply(_ function: ElementaryFunction, _ operands: Term...) -> Term {
    guard let pool = operands.lazy.compactMap(\.home).first else {
      return Term(function(operands.compactMap(\.constant)))
    }
    let numbers = operands.compactMap(\.constant)
    if numbers.count == operands.count { return pool.constant(function(numbers)) }
    return pool.term(.function(function, operands.map { $0.placed(in: pool).index }))
  }

  static prefix func - (term: Term) -> Term { apply(.negate, term) }

  // 1 · x, x + 0 and the like are dropped; 0 · x is 0 where it is a derivative that is 0.

  static func + (left: Term, right: Term) -> Term {
    if left.constant == 0 { return right }
    if right.constant == 0 { return left }
    if case .function(.negate, let operands) = right.node {
      return left - Term(pool: right.pool, index: operands[0])
    }
    return apply(.add, left, right)
  }

  static func - (left: Term, right: Term) -> Term {
    if right.constant == 0 { return left }
    return left.constant == 0 ? -right : apply(.subtract, left, right)
  }

  static func * (left: Term, right: Term) -> Term {
    if left.constant == 1 { return right }
    if right.constant == 1 { return left }
    if left.constant == -1 { return -right }
    if right.constant == -1 { return -left }
    return apply(.multiply, left, right)
  }

  static func / (left: Term, right: Term) -> Term { apply(.divide, left, right) }

  static func < (left: Term, right: Term) -> Term { apply(.less, left, right) }
  static func <= (left: Term, right: Term) -> Term { apply(.lessOrEqual, left, right) }
  static func == (left: Term, right: Term) -> Term { apply(.equal, left, right) }
  static func > (left: Term, right: Term) -> Term { right < left }
  static func >= (left: Term, right: Term) -> Term { right <= left }

  static func select(
    _ condition: Term, _ then: @autoclosure () -> Term, _ otherwise: @autoclosure () -> Term
  ) -> Term {
    choice(condition, then(), otherwise())
  }

  static func select(
    _ condition: Term, _ then: () -> (Term, Term), otherwise: () -> (Term, Term)
  ) -> (Term, Term) {
    let (first, second) = (then(), otherwise())
    return (choice(condition, first.0, second.0), choice(condition, first.1, second.1))
  }

  private static func choice(_ condition: Term, _ then: Term, _ otherwise: Term) -> Term {
    if let constant = condition.constant { return constant == 0 ? otherwise : then }
    return apply(.select, condition, then, otherwise)
  }

  var magnitude: Term { .apply(.absolute, self) }
  var nearest: Term { .apply(.round, self) }
  var root: Term { .apply(.squareRoot, self) }
  var exponential: Term { .apply(.exp, self) }
  var exponentialMinusOne: Term { .apply(.expm1, self) }
  var logarithm: Term { .apply(.log, self) }
  var logarithmOfOnePlus: Term { .apply(.log1p, self) }
  var sine: Term { .apply(.sin, self) }
  var cosine: Term { .apply(.cos, self) }
  var hyperbolic: (sine: Term, cosine: Term) { (.apply(.sinh, self), .apply(.cosh, self)) }
  var hyperbolicTangent: Term { .apply(.tanh, self) }
  var inverseHyperbolicSine: Term { .apply(.asinh, self) }
  var inverseTangent: Term { .apply(.atan, self) }
  var errorFunction: Term { .apply(.erf, self) }
  var complementaryErrorFunction: Term { .apply(.erfc, self) }

  var scaledBessel: ScaledBessel<Term> {
    let (zero, one) = (Term.apply(.besselI0e, self), Term.apply(.besselI1e, self).named("i1"))
    let isZero = self < 1e-30
    return ScaledBessel(
      zero: zero, one: one, zeroDerivative: one - zero,
      oneDerivative: .select(isZero, 0.5, zero - one - one / .select(isZero, 1, self)))
  }

  func power(_ exponent: Term) -> Term { .apply(.power, self, exponent) }

  var saturated: Term { constant.map { Term($0.saturated) } ?? .call(.saturated, [self]) }
  var signum: Term { constant.map { Term($0.signum) } ?? .call(.sign, [self]) }
  func magnitudeAtLeast(_ least: Double) -> Term {
    constant.map { Term($0.magnitudeAtLeast(least)) }
      ?? .call(.magnitudeAtLeast, [self, Term(least)])
  }

  func value(of primitive: (some UnaryPrimitive).Type) -> Term {
    OperationCode(ElementaryOperation(primitive)).value([self], scalars: [])
  }

  func derivative(of primitive: (some UnaryPrimitive).Type) -> Term {
    OperationCode(ElementaryOperation(primitive)).derivative(byArgument: 0, [self], scalars: [])
  }

  func valueAndDerivative(
    of primitive: (some UnaryPrimitive).Type
  ) -> (value: Term, derivative: Term) {
    (value(of: primitive), derivative(of: primitive))
  }

  static func value(
    of primitive: (some BinaryPrimitive).Type, _ first: Term, _ second: Term
  ) -> Term {
    OperationCode(ElementaryOperation(primitive)).value([first, second], scalars: [])
  }

  func named(_ name: StaticString) -> Term {
    if let home, home.names[index] == nil { home.names[index] = "\(name)" }
    return self
  }
}
