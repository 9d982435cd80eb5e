extension CanonicalForm {
  /// Whether `a` stands before `b` where arguments commute: fewer operations first, then by name,
  /// scalar and arguments.
  static func precedes(_ a: Expression, _ b: Expression) -> Bool { order(a, b) < 0 }

  /// Below 0, 0 or above 0, as `a` stands before, is, or stands after `b`.
  private static func order(_ a: Expression, _ b: Expression) -> Int {
    let sizes = compare(a.operationCount, b.operationCount)
    if sizes != 0 { return sizes }
    switch (a, b) {
    case (.input, .input):
      return 0
    case (.unary(let f, let s, let p), .unary(let g, let t, let q)):
      return first(compare(f.name, g.name), compare(s ?? 0, t ?? 0)) ?? order(p, q)
    case (.binary(let f, let s, let p, let u), .binary(let g, let t, let q, let v)):
      return first(compare(f.name, g.name), compare(s ?? 0, t ?? 0), order(p, q)) ?? order(u, v)
    default:
      return compare(a.arity, b.arity)
    }
  }

  private static func compare<Value: Comparable>(_ a: Value, _ b: Value) -> Int {
    a < b ? -1 : (a > b ? 1 : 0)
  }

  private static func first(_ results: Int...) -> Int? { results.first { $0 != 0 } }
}

extension ActivationExpression {
  fileprivate var arity: Int {
    switch self {
    case .input: 0
    case .unary: 1
    case .binary: 2
    }
  }
}
