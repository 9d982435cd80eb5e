import Activations
import Foundation
import TestSupport
import Testing

@Suite("Dirichlet draws")
struct DirichletDrawTests {
  static let cases: [[Double]] = [
    [1, 1, 1], [0.01, 0.02, 0.015], [0.3, 2, 0.7, 5], [0.9, 1.2], [40, 60, 100],
  ]

  /// E w_j = c_j/C, Var w_j = m(1 − m)/(C + 1); within five standard errors.
  @Test(arguments: cases)
  func momentsAreRight(concentrations: [Double]) {
    var stream = TestStream(seed: 23)
    let count = 60_000
    let total = concentrations.reduce(0, +)
    var sums = concentrations.map { _ in 0.0 }
    var squares = sums
    var fourths = sums
    for _ in 0..<count {
      let draw = DirichletDraw(concentrations: concentrations, from: &stream)
      #expect(agrees(draw.weights.reduce(0, +), 1, relative: 1e-14))
      for j in sums.indices {
        let deviation = draw.weights[j] - concentrations[j] / total
        sums[j] += deviation
        squares[j] += deviation * deviation
        fourths[j] += deviation * deviation * deviation * deviation
      }
    }
    let n = Double(count)
    for j in sums.indices {
      let mean = concentrations[j] / total
      let variance = mean * (1 - mean) / (total + 1)
      #expect(abs(sums[j] / n) <= 5 * (variance / n).squareRoot())
      let spread = (max(0, fourths[j] / n - variance * variance) / n).squareRoot()
      #expect(abs(squares[j] / n - variance) <= 5 * spread)
    }
  }

  /// The mean over draws of the derivative of w₀ and of w₀² is the derivative of their
  /// expectations, c₀/C and c₀(c₀+1)/(C(C+1)); within five standard errors of the mean.
  @Test(arguments: [[1, 1, 1], [0.3, 2, 0.7, 5], [0.9, 1.2], [4, 6, 10], [0.1, 0.2, 0.15]])
  func gradientsAreThoseOfTheExpectation(concentrations: [Double]) {
    var stream = TestStream(seed: 29)
    let count = 100_000
    let total = concentrations.reduce(0, +)
    let c = concentrations[0]
    for isSquare in [false, true] {
      var sums = concentrations.map { _ in 0.0 }
      var squares = sums
      for _ in 0..<count {
        let draw = DirichletDraw(concentrations: concentrations, from: &stream)
        var gradients = concentrations.map { _ in 0.0 }
        gradients[0] = isSquare ? 2 * draw.weights[0] : 1
        for (j, g) in draw.concentrationGradients(weightGradients: gradients).enumerated() {
          sums[j] += g
          squares[j] += g * g
        }
      }
      let n = Double(count)
      for j in sums.indices {
        let own = j == 0 ? 1.0 : 0.0
        let expected: Double
        if isSquare {
          let moment = c * (c + 1) / (total * (total + 1))
          expected =
            own * (2 * c + 1) / (total * (total + 1)) - moment / total
            - moment / (total + 1)
        } else {
          expected = own / total - c / (total * total)
        }
        let mean = sums[j] / n
        let error = ((squares[j] / n - mean * mean) / n).squareRoot()
        #expect(abs(mean - expected) <= 5 * error, "\(concentrations), \(j), square \(isSquare)")
        #expect(error < 0.05 * abs(expected), "the test would see nothing")
      }
    }
  }

  /// dL/dc through the weights alone, by differences of the softmax of ln z + h·d ln z/dc.
  @Test func theChainThroughTheWeightsIsRight() {
    let concentrations = [0.4, 1.5, 3, 0.05]
    let upstream = [0.7, -1.3, 2.1, 0.4]
    var stream = TestStream(seed: 31)
    for _ in 0..<50 {
      let draw = DirichletDraw(concentrations: concentrations, from: &stream)
      let gradients = draw.concentrationGradients(weightGradients: upstream)
      for j in concentrations.indices {
        let slope = GammaReparameterization.logDerivative(
          concentration: concentrations[j], logDraw: draw.logGammas[j])
        func loss(_ step: Double) -> Double {
          var logs = draw.logGammas
          logs[j] += step * slope
          let moved = DirichletDraw(concentrations: concentrations, logGammas: logs)
          return zip(moved.weights, upstream).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let h = 1e-5 / max(1, slope)
        let difference = (loss(h) - loss(-h)) / (2 * h)
        #expect(
          agrees(gradients[j], difference, relative: 1e-6, absolute: 1e-9 * max(1, slope)))
      }
    }
  }

  @Test func oneOperationHasWeightOneAndNoGradient() {
    var stream = TestStream(seed: 37)
    for concentration in [0, 1e-300, 0.2, 7, 1e9] {
      let draw = DirichletDraw(concentrations: [concentration], from: &stream)
      #expect(draw.weights == [1])
      #expect(draw.concentrationGradients(weightGradients: [-3.7]) == [0])
    }
  }

  @Test(arguments: [0, Double.leastNonzeroMagnitude, 1e-300, 1e-150, 1e-100, 1e-30, 1e-8, 1e-3])
  func vanishingConcentrationsStayFinite(concentration: Double) {
    var stream = TestStream(seed: 41)
    for others in [[concentration, concentration], [1, 1e-5], [1e3, 0]] {
      for _ in 0..<200 {
        let draw = DirichletDraw(concentrations: [concentration] + others, from: &stream)
        #expect(draw.weights.allSatisfy { $0.isFinite && $0 >= 0 })
        #expect(agrees(draw.weights.reduce(0, +), 1, relative: 1e-15))
        #expect(draw.logGammas.allSatisfy { $0.isFinite })
        let gradients = draw.concentrationGradients(weightGradients: [1, -2, 3])
        #expect(gradients.allSatisfy { $0.isFinite })
      }
    }
  }

  /// Draws whose z is exactly 0 in double precision, and equal ones, which have the largest
  /// gradient.
  @Test func drawsThatUnderflowStayFinite() {
    for logs in [[-1e4, -1e4], [-1e101, -1e101], [0, -1e300], [-800, -700]] {
      for concentrations in [[1e-100, 1e-100], [0, 0], [0.5, 1e-4]] {
        let draw = DirichletDraw(concentrations: concentrations, logGammas: logs)
        #expect(draw.weights.allSatisfy { $0.isFinite })
        #expect(
          draw.concentrationGradients(weightGradients: [5, -5]).allSatisfy { $0.isFinite },
          "\(logs), \(concentrations)")
      }
    }
  }

  @Test func theSameStreamGivesTheSameDraw() {
    var (first, second) = (TestStream(seed: 43), TestStream(seed: 43))
    #expect(
      DirichletDraw(concentrations: [0.2, 3, 1], from: &first)
        == DirichletDraw(concentrations: [0.2, 3, 1], from: &second))
  }

  @Test func aNegativeConcentrationTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = DirichletDraw(concentrations: [-1], logGammas: [0])
    }
  }
}
