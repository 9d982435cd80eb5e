/// Measurements of one quantity, such as the test accuracies of several seeds.
public struct Sample: Sendable, Hashable {
  /// The measurements, all finite.
  public let values: [Double]

  /// Takes measurements.
  ///
  /// - Precondition: All are finite.
  public init(_ values: [Double]) {
    precondition(values.allSatisfy(\.isFinite), "Sample: \(values) are not all finite")
    self.values = values
  }

  /// The arithmetic mean; nil if there are no measurements.
  public var mean: Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// The standard deviation of the sample, with n − 1 in the denominator; nil of fewer than two
  /// measurements.
  public var standardDeviation: Double? { variance?.squareRoot() }

  /// Its square.
  var variance: Double? {
    guard values.count > 1, let mean else { return nil }
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }

  /// The value in the middle, or the mean of the two there; nil if there are no measurements.
  public var median: Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// Whether the values differ by no more than rounding does, so that their spread says nothing.
  ///
  /// Accuracies are multiples of one part in the number of images, far above this limit of 1e−12;
  /// differences of equal steps, such as 0.8 − 0.7 and 0.9 − 0.8, are far below.
  var isConstant: Bool {
    guard let low = values.min(), let high = values.max() else { return true }
    return high - low <= 1e-12 * max(1, abs(low), abs(high))
  }
}
