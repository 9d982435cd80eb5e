extension CanonicalForm {
  /// Whether `a` stands before `b` where arguments commute: fewer operations first, then by name,
  /// scalar and arguments.
  static func precedes(_ a: Expression, _ b: Expression) -> Bool { order(a, b) < 0 }

  /// Below 0, 0 or above 0, as `a` stands before, is, or stands after `b`.
  private static func order(_ a: Expression, _ b: Expression) -> Int {
    let sizes = compare(a.operationCount, b.operationCount)
    if sizes != 0 { return sizes }
    guard case .node(let f) = a, case .node(let g) = b else { return 0 }
    if let result = first(
      compare(f.arguments.count, g.arguments.count), compare(f.operation.name, g.operation.name))
    {
      return result
    }
    for (s, t) in zip(f.numbers, g.numbers) where s != t { return compare(s, t) }
    return zip(f.arguments, g.arguments).lazy.map { order($0, $1) }.first { $0 != 0 } ?? 0
  }

  private static func compare<Value: Comparable>(_ a: Value, _ b: Value) -> Int {
    a < b ? -1 : (a > b ? 1 : 0)
  }

  private static func first(_ results: Int...) -> Int? { results.first { $0 != 0 } }
}
