import Activations

extension ActivationExpression {
  /// Whether both functions have the same values on `equivalenceGrid`.
  ///
  /// Equal values differ by at most what rounding every operation of both by one part in 10¹²
  /// makes, to first order: cancellation and steep functions are allowed for. Arguments where
  /// either value, or that bound, is not finite say nothing; at least half of the grid must.
  /// Functions that differ only between or beyond the arguments pass for equal.
  ///
  /// - Parameter other: Another function.
  /// - Returns: Whether the values agree.
  func isNumericallyEquivalent(to other: ActivationExpression) -> Bool {
    var compared = 0
    for x in Self.equivalenceGrid {
      let (a, b) = (roundedValue(at: x), other.roundedValue(at: x))
      let tolerance = 1e-12 * (a.error + b.error)
      guard a.value.isFinite, b.value.isFinite, tolerance.isFinite else { continue }
      guard abs(a.value - b.value) <= tolerance + .leastNormalMagnitude else { return false }
      compared += 1
    }
    return 2 * compared >= Self.equivalenceGrid.count
  }

  /// The arguments by which functions are compared: 0, 10⁻⁶ to 10³ in geometric steps and 0.1 to 9
  /// in even ones, of both signs.
  static let equivalenceGrid: [Double] = {
    var positive: [Double] = []
    var decade = 1e-6
    for _ in 0..<9 {
      positive += [decade, 2.15 * decade, 4.64 * decade]
      decade *= 10
    }
    positive += [1e3] + (0..<90).map { 0.1 + 0.1 * Double($0) + 0.0123 }
    return positive.reversed().map { -$0 } + [0] + positive
  }()

  /// The value, and how many units of relative rounding it may be off, to first order.
  ///
  /// Every operation adds its own value and passes its arguments' errors on by its slopes.
  private func roundedValue(at x: Double) -> (value: Double, error: Double) {
    guard case .node(let node) = self else { return (x, 0) }
    let arguments = node.arguments.map { $0.roundedValue(at: x) }
    let result = node.operation.valueAndDerivatives(
      of: arguments.map(\.value), scalars: node.numbers)
    let passed = zip(result.derivatives, arguments).reduce(0) { sum, part in
      sum + (part.0 == 0 ? 0 : abs(part.0) * part.1.error)
    }
    return (result.value, abs(result.value) + passed)
  }
}
