import Activations
import Foundation
import TestSupport
import Testing

@Suite("Gamma draws")
struct GammaDrawTests {
  /// E ln z = ψ(c), E z = c, Var z = c; within five standard errors.
  @Test(arguments: [0.01, 0.3, 0.99, 1, 1.01, 2.5, 30, 1000])
  func momentsAreRight(concentration: Double) {
    var stream = TestStream(seed: 17)
    let count = 100_000
    var (sum, squares, logs, logSquares, fourths) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for _ in 0..<count {
      let y = GammaDraw.logarithm(concentration: concentration, from: &stream)
      let z = exp(y)
      sum += z
      let deviation = (z - concentration) * (z - concentration)
      squares += deviation
      fourths += deviation * deviation
      logs += y
      logSquares += y * y
    }
    let n = Double(count)
    let meanLog = logs / n
    let errorOfLog = ((logSquares / n - meanLog * meanLog) / n).squareRoot()
    #expect(agrees(meanLog, digamma(concentration), relative: 0, absolute: 5 * errorOfLog))
    let errorOfMean = (concentration / n).squareRoot()
    #expect(agrees(sum / n, concentration, relative: 0, absolute: 5 * errorOfMean))
    let variance = squares / n
    let errorOfVariance = ((fourths / n - variance * variance) / n).squareRoot()
    #expect(agrees(variance, concentration, relative: 0, absolute: 5 * errorOfVariance))
  }

  /// z ~ Gamma(1) is exponential: Kolmogorov–Smirnov, 99.99 % point 2.23/√n.
  @Test func theWholeDistributionIsRight() {
    var stream = TestStream(seed: 3)
    let count = 20_000
    let half = (0..<count).map { _ in
      exp(GammaDraw.logarithm(concentration: 0.5, from: &stream))
    }.sorted()
    let one = (0..<count).map { _ in
      exp(GammaDraw.logarithm(concentration: 1, from: &stream))
    }.sorted()
    var distance = 0.0
    for i in 0..<count {
      let rank = (Double(i) + 0.5) / Double(count)
      distance = max(distance, abs(erf(half[i].squareRoot()) - rank))
      distance = max(distance, abs(-expm1(-one[i]) - rank))
    }
    #expect(distance < 2.23 / Double(count).squareRoot())
  }

  @Test func tinyConcentrationsGiveFiniteLogarithms() {
    var stream = TestStream(seed: 8)
    for concentration in [DirichletDraw.smallestConcentration, 1e-30, 1e-5] {
      for _ in 0..<1000 {
        #expect(GammaDraw.logarithm(concentration: concentration, from: &stream).isFinite)
      }
    }
  }

  @Test func aConcentrationOfZeroTraps() async {
    await #expect(processExitsWith: .failure) {
      var stream = TestStream(seed: 1)
      _ = GammaDraw.logarithm(concentration: 0, from: &stream)
    }
  }
}
