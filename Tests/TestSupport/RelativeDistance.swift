/// How far numbers are from those expected, for errors that are spread unevenly.
///
/// - Parameters:
///   - actual: What was computed.
///   - expected: What should have been.
///   - smallest: The norm below which that of `expected` counts as this.
/// - Returns: The Euclidean norm of the difference over that of `expected`; infinity, which no
///   maximum or comparison loses, if there is a NaN among them or they are not equally many.
public func relativeDistance<Number: BinaryFloatingPoint>(
  _ actual: [Number], _ expected: [Number], smallest: Double = 0
) -> Double {
  guard actual.count == expected.count else { return .infinity }
  var (difference, size) = (0.0, 0.0)
  for (actual, expected) in zip(actual, expected) {
    difference += (Double(actual) - Double(expected)) * (Double(actual) - Double(expected))
    size += Double(expected) * Double(expected)
  }
  let distance = difference.squareRoot() / max(size.squareRoot(), smallest)
  return distance.isNaN ? .infinity : distance
}
