extension Term {
  private func apply(_ function: Elementary, _ others: Term...) -> Term {
    pool.term(.function(function, [index] + others.map(\.index)))
  }

  static prefix func - (term: Term) -> Term {
    term.constant.map { term.number(-$0) } ?? term.apply(.negate)
  }

  // 1 · x, x + 0 and the like are dropped; 0 · x is 0 where it is a derivative that is 0.

  static func + (left: Term, right: Term) -> Term {
    if let a = left.constant, let b = right.constant { return left.number(a + b) }
    if left.constant == 0 { return right }
    if right.constant == 0 { return left }
    if case .function(.negate, let operands) = right.node {
      return left - Term(pool: left.pool, index: operands[0])
    }
    return left.apply(.add, right)
  }

  static func - (left: Term, right: Term) -> Term {
    if let a = left.constant, let b = right.constant { return left.number(a - b) }
    if right.constant == 0 { return left }
    return left.constant == 0 ? -right : left.apply(.subtract, right)
  }

  static func * (left: Term, right: Term) -> Term {
    if let a = left.constant, let b = right.constant { return left.number(a * b) }
    if left.constant == 1 { return right }
    if right.constant == 1 { return left }
    if left.constant == -1 { return -right }
    if right.constant == -1 { return -left }
    return left.apply(.multiply, right)
  }

  static func / (left: Term, right: Term) -> Term { left.apply(.divide, right) }

  static func + (left: Term, right: Double) -> Term { left + left.number(right) }
  static func + (left: Double, right: Term) -> Term { right.number(left) + right }
  static func - (left: Term, right: Double) -> Term { left - left.number(right) }
  static func - (left: Double, right: Term) -> Term { right.number(left) - right }
  static func * (left: Double, right: Term) -> Term { right.number(left) * right }
  static func / (left: Term, right: Double) -> Term { left / left.number(right) }
  static func / (left: Double, right: Term) -> Term { right.number(left) / right }

  static func < (left: Term, right: Term) -> Term { left.apply(.less, right) }
  static func <= (left: Term, right: Term) -> Term { left.apply(.lessOrEqual, right) }
  static func == (left: Term, right: Term) -> Term { left.apply(.equal, right) }
  static func > (left: Term, right: Term) -> Term { right < left }
  static func < (left: Term, right: Double) -> Term { left < left.number(right) }
  static func <= (left: Term, right: Double) -> Term { left <= left.number(right) }
  static func > (left: Term, right: Double) -> Term { left.number(right) < left }
  static func >= (left: Term, right: Double) -> Term { left.number(right) <= left }
  static func == (left: Term, right: Double) -> Term { left == left.number(right) }

  /// `then` where this condition holds, else `otherwise`.
  func select(_ then: Term, _ otherwise: Term) -> Term { apply(.select, then, otherwise) }
  func select(_ then: Double, _ otherwise: Term) -> Term { select(number(then), otherwise) }
  func select(_ then: Term, _ otherwise: Double) -> Term { select(then, number(otherwise)) }
  func select(_ then: Double, _ otherwise: Double) -> Term {
    select(number(then), number(otherwise))
  }

  var magnitude: Term { apply(.absolute) }
  var squareRoot: Term { apply(.squareRoot) }
  /// To the nearest integer, halves to even ones.
  var rounded: Term { apply(.round) }
  var exponential: Term { apply(.exp) }
  var exponentialMinusOne: Term { apply(.expm1) }
  var logarithm: Term { apply(.log) }
  var logarithmOfOnePlus: Term { apply(.log1p) }
  var sine: Term { apply(.sin) }
  var cosine: Term { apply(.cos) }
  var hyperbolicSine: Term { apply(.sinh) }
  var hyperbolicCosine: Term { apply(.cosh) }
  var hyperbolicTangent: Term { apply(.tanh) }
  var inverseHyperbolicSine: Term { apply(.asinh) }
  var inverseTangent: Term { apply(.atan) }
  var errorFunction: Term { apply(.erf) }
  var complementaryErrorFunction: Term { apply(.erfc) }
  var besselI0e: Term { apply(.besselI0e) }
  var besselI1e: Term { apply(.besselI1e) }
  func power(_ exponent: Term) -> Term { apply(.power, exponent) }

  /// Calls a function that the code defines.
  func call(_ helper: Helper, _ others: Term...) -> Term {
    pool.term(.call(helper, [index] + others.map(\.index)))
  }

  /// The number itself, or the largest finite one with its sign where it has overflowed.
  var saturated: Term { call(.saturated) }
  /// 1, −1, and 0 at 0.
  var sign: Term { call(.sign) }
  /// The number itself, or ±`least` with its sign where its magnitude is smaller; 0 is positive.
  func magnitudeAtLeast(_ least: Double) -> Term { call(.magnitudeAtLeast, number(least)) }
}
