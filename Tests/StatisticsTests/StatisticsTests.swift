import Statistics
import Foundation
import Testing

@Suite("Statistics")
struct StatisticsTests {
  private let reference: StatisticsReference

  init() throws { reference = try StatisticsReference() }

  /// Rounding of both sides: a few hundred operations, and the logarithms of gamma functions, whose
  /// values near 10⁵ lose five digits at 10,000 degrees of freedom.
  private func isClose(_ value: Double?, _ expected: Double, scale: Double = 0) -> Bool {
    guard let value else { return false }
    return abs(value - expected) <= 1e-10 * max(abs(expected), scale)
  }

  @Test("means, deviations and medians are NumPy's")
  func samples() {
    for entry in reference.comparisons {
      let sample = Sample(entry.first)
      #expect(isClose(sample.mean, entry.mean))
      #expect(isClose(sample.standardDeviation, entry.standardDeviation))
      #expect(isClose(sample.median, entry.median))
    }
    #expect(Sample([]).mean == nil && Sample([]).median == nil)
    #expect(Sample([0.5]).mean == 0.5 && Sample([0.5]).standardDeviation == nil)
  }

  @Test("paired and Welch's tests and their intervals are SciPy's")
  func comparisons() {
    for entry in reference.comparisons {
      let independent = MeanComparison(independent: Sample(entry.first), Sample(entry.second))
      expect(independent, entry.independent)
      #expect(
        !independent.isPaired && independent.count == min(entry.first.count, entry.second.count))
      guard let expected = entry.paired else { continue }
      let paired = MeanComparison(paired: Array(zip(entry.first, entry.second)))
      expect(paired, expected)
      #expect(paired.isPaired && paired.count == entry.first.count)
    }
  }

  private func expect(_ comparison: MeanComparison, _ expected: StatisticsReference.Test) {
    // Differences of accuracies near 1 are rounded at that scale.
    #expect(isClose(comparison.difference, expected.difference, scale: 1e-4))
    #expect(isClose(comparison.p, expected.p))
    #expect(isClose(comparison.interval?.lowerBound, expected.low, scale: 1e-4))
    #expect(isClose(comparison.interval?.upperBound, expected.high, scale: 1e-4))
  }

  @Test("tails and quantiles of Student's distribution are SciPy's")
  func distribution() {
    for tail in reference.tails {
      let found = StudentDistribution(degreesOfFreedom: tail.degreesOfFreedom)
        .twoSidedProbability(tail.t)
      #expect(isClose(found, tail.p), "\(tail): \(found)")
    }
    // ν = 1 has a closed form: p = 1 − 2/π · atan(t), also where SciPy rounds p to 1.
    for t in [1e-12, 1e-9, 0.3, 1, 7, 1e6] {
      let found = StudentDistribution(degreesOfFreedom: 1).twoSidedProbability(t)
      #expect(isClose(found, 2 / Double.pi * atan(1 / t)) && found < 1)
    }
    for tail in reference.quantiles {
      let found = StudentDistribution(degreesOfFreedom: tail.degreesOfFreedom)
        .twoSidedQuantile(tail.p)
      #expect(isClose(found, tail.t), "\(tail): \(found)")
    }
  }

  @Test("Holm's correction is that of the step-down definition")
  func correction() {
    for family in reference.families {
      let found = HolmCorrection.adjusted(family.p)
      #expect(found.count == family.adjusted.count)
      for (value, expected) in zip(found, family.adjusted) { #expect(isClose(value, expected)) }
    }
  }

  @Test("one measurement, or differences that are all equal, are no test")
  func degenerate() {
    let pairs: [[(Double, Double)]] = [
      [(0.9, 0.8)], [(0.9, 0.9), (0.8, 0.8)],
      // Equal steps that round differently.
      [(0.8, 0.7), (0.9, 0.8), (0.4, 0.3)],
    ]
    for pairs in pairs {
      let comparison = MeanComparison(paired: pairs.map { (first: $0.0, second: $0.1) })
      #expect(comparison.p == nil && comparison.interval == nil)
      #expect(isClose(comparison.difference, pairs[0].0 - pairs[0].1, scale: 1))
    }
    let alone = MeanComparison(independent: Sample([0.9]), Sample([0.5, 0.6]))
    #expect(alone.p == nil && alone.interval == nil && alone.count == 1)
    let constant = MeanComparison(independent: Sample([0.9, 0.9]), Sample([0.5, 0.5]))
    #expect(constant.p == nil && isClose(constant.difference, 0.4))
    // One side that does not spread is a test still: Welch's with ν = 1.
    let half = MeanComparison(independent: Sample([0.9, 0.9]), Sample([0.5, 0.6]))
    #expect(isClose(half.p, StudentDistribution(degreesOfFreedom: 1).twoSidedProbability(7)))
  }

  @Test(
    "a difference is called real only where the adjusted probability is below five percent",
    arguments: [
      (0.01, 0.049, Verdict.better), (-0.01, 0.049, .worse), (0.01, 0.05, .notDistinguishable),
      (-0.5, 0.2, .notDistinguishable), (0.5, nil, .notDistinguishable),
    ] as [(Double, Double?, Verdict)])
  func verdict(difference: Double, probability: Double?, expected: Verdict) {
    #expect(Verdict(difference: difference, adjustedProbability: probability) == expected)
  }

  @Test("what cannot be is refused")
  func preconditions() async {
    await #expect(processExitsWith: .failure) { _ = Sample([.nan]) }
    await #expect(processExitsWith: .failure) { _ = StudentDistribution(degreesOfFreedom: 0) }
    await #expect(processExitsWith: .failure) {
      _ = StudentDistribution(degreesOfFreedom: 1).twoSidedQuantile(0)
    }
  }
}
