/// The difference of two means: how large it is, how well it is known, and whether it may be
/// chance.
///
/// Interval and p stem from Student's t distribution. Both are nil where nothing is known about the
/// spread: of fewer than two measurements, and where all differences are equal, which with few
/// measurements of a coarse quantity is chance, not certainty.
public struct MeanComparison: Sendable, Hashable {
  /// The number of pairs, or of measurements in the smaller sample.
  public let count: Int
  /// Whether the measurements were compared pair by pair.
  public let isPaired: Bool
  /// The first mean minus the second.
  public let difference: Double
  /// The interval that covers the true difference with a probability of 95 %.
  public let interval: ClosedRange<Double>?
  /// The probability of a difference at least as large, if there was none in truth; two-sided.
  public let p: Double?
  /// The standard deviation of the differences; nil of samples that are not paired.
  private var spread: Double?

  /// The part of cases in which `interval` misses the truth.
  static let missRate = 0.05

  /// Compares measurements that belong together one by one, such as those of the same seed.
  ///
  /// Student's paired test: t is the differences' mean over its standard error, ν = n − 1.
  ///
  /// - Parameter pairs: At least one.
  public init(paired pairs: [(first: Double, second: Double)]) {
    let differences = Sample(pairs.map { $0.first - $0.second })
    guard let mean = differences.mean else { preconditionFailure("MeanComparison: no pairs") }
    let variance = differences.isConstant ? nil : differences.variance
    let count = pairs.count
    self.init(
      count: count, isPaired: true, difference: mean,
      test: variance.map { ($0 / Double(count), Double(count - 1)) })
    spread = variance?.squareRoot()
  }

  /// Compares independent measurements.
  ///
  /// Welch's test (1947): variances may differ; ν by Satterthwaite's formula.
  ///
  /// - Parameters:
  ///   - first: At least one measurement.
  ///   - second: At least one.
  public init(independent first: Sample, _ second: Sample) {
    guard let firstMean = first.mean, let secondMean = second.mean else {
      preconditionFailure("MeanComparison: an empty sample")
    }
    var test: (squaredError: Double, degreesOfFreedom: Double)?
    if let left = first.variance, let right = second.variance,
      !(first.isConstant && second.isConstant)
    {
      let (n, m) = (Double(first.values.count), Double(second.values.count))
      let (a, b) = (left / n, right / m)
      test = (a + b, (a + b) * (a + b) / (a * a / (n - 1) + b * b / (m - 1)))
    }
    self.init(
      count: min(first.values.count, second.values.count), isPaired: false,
      difference: firstMean - secondMean, test: test)
  }

  /// How many pairs would tell a difference like this one from chance.
  ///
  /// - Parameter level: Below this, p tells.
  /// - Returns: The least number of pairs whose p would be below `level`, if their mean and spread
  ///   were these; nil of samples that are not paired, where p is unknown, or above a million.
  public func countThatWouldTell(atLevel level: Double) -> Int? {
    guard isPaired, p != nil, let spread, difference != 0 else { return nil }
    func tells(_ count: Int) -> Bool {
      let error = spread / Double(count).squareRoot()
      return StudentDistribution(degreesOfFreedom: Double(count - 1))
        .twoSidedProbability(difference / error) < level
    }
    let most = 1_000_000
    guard tells(most) else { return nil }
    var (low, high) = (1, most)
    while high - low > 1 {
      let middle = (low + high) / 2
      if tells(middle) { high = middle } else { low = middle }
    }
    return high
  }

  private init(
    count: Int, isPaired: Bool, difference: Double,
    test: (squaredError: Double, degreesOfFreedom: Double)?
  ) {
    self.count = count
    self.isPaired = isPaired
    self.difference = difference
    guard let test else {
      (interval, p) = (nil, nil)
      return
    }
    let distribution = StudentDistribution(degreesOfFreedom: test.degreesOfFreedom)
    let error = test.squaredError.squareRoot()
    let half = error * distribution.twoSidedQuantile(Self.missRate)
    interval = (difference - half)...(difference + half)
    p = distribution.twoSidedProbability(difference / error)
  }
}
