import Activations
import Autodiff
import Foundation
import Tensors
import TestSupport
import Testing

@Suite("Draws of single elements")
struct OneHotSamplesTests {
  private let logits = [0.3, -1.2, 0.9, 0.0]
  private let linear = [0.7, -0.4, 1.3, 0.2]
  /// A matrix A, of ½ wᵀAw.
  private let quadratic = [
    [0.9, -0.3, 0.2, 0.5], [-0.3, 1.7, 0.1, -0.6], [0.2, 0.1, -0.8, 0.4], [0.5, -0.6, 0.4, 0.3],
  ]

  private func softmax(_ logits: [Double]) -> [Double] {
    let powers = logits.map { exp($0) }
    return powers.map { $0 / powers.reduce(0, +) }
  }

  /// A loss of weights and its gradient.
  private func loss(_ w: [Double], curved: Double) -> (value: Double, gradient: [Double]) {
    let product = quadratic.map { row in zip(row, w).reduce(0) { $0 + $1.0 * $1.1 } }
    let value = w.indices.reduce(0) { $0 + w[$1] * (linear[$1] + curved / 2 * product[$1]) }
    return (value, w.indices.map { linear[$0] + curved * product[$0] })
  }

  private func oneHot(_ element: Int) -> [Double] {
    logits.indices.map { $0 == element ? 1 : 0 }
  }

  /// The expected loss, all draws with their probabilities, as a function of the logits.
  private func expected(_ logits: [Double], curved: Double) -> Double {
    softmax(logits).enumerated().reduce(0) {
      $0 + $1.element * loss(oneHot($1.offset), curved: curved).value
    }
  }

  @Test(
    "on average the gradient is the expected loss's: of linear ones, ReinMax's of quadratic ones",
    arguments: OneHotGradient.allCases)
  func average(gradient: OneHotGradient) {
    let probabilities = softmax(logits)
    func mean(curved: Double) -> [Double] {
      logits.indices.map { index in
        logits.indices.reduce(0) { sum, drawn in
          let upstream = loss(oneHot(drawn), curved: curved).gradient
          return sum + probabilities[drawn]
            * gradient.logitGradient(
              probabilities: probabilities, drawn: drawn, upstream: upstream)[index]
        }
      }
    }
    for curved in [0.0, 1] {
      let truth = logits.indices.map { index in
        centralDifference(
          { moved in
            var logits = logits
            logits[index] = moved
            return expected(logits, curved: curved)
          }, at: logits[index])
      }
      let isExact = curved == 0 || gradient == .reinMax
      #expect(
        (mismatch(mean(curved: curved), truth, absolute: 1e-9) == nil) == isExact,
        "\(gradient), curved \(curved): \(mean(curved: curved)) for \(truth)")
    }
  }

  @Test("every row is one element, as often as its probability says")
  func frequencies() {
    var stream = RandomStream(seed: 5, purpose: "test")
    let samples = 20_000
    let result = differentiated([Tensor(logits)], direction: nil) {
      oneHotSamples($0[0], samples: samples, gradient: .straightThrough, stream: &stream)
    }.value
    #expect(result.shape == [samples, 4])
    var counts = [0.0, 0, 0, 0]
    for row in 0..<samples {
      let row = Array(result.scalars[row * 4..<(row + 1) * 4])
      #expect(row.sorted() == [0, 0, 0, 1])
      counts[row.firstIndex(of: 1) ?? 0] += 1
    }
    for (count, probability) in zip(counts, softmax(logits)) {
      // Five standard deviations.
      let deviation = (probability * (1 - probability) / Double(samples)).squareRoot()
      #expect(abs(count / Double(samples) - probability) < 5 * deviation)
    }
  }

  @Test("the gradient on the tape is the sum over the rows", arguments: OneHotGradient.allCases)
  func tape(gradient: OneHotGradient) {
    var stream = RandomStream(seed: 6, purpose: "test")
    let direction: Tensor<Double> = randomTensor([3, 4], seed: 5)
    let result = differentiated([Tensor(logits)], direction: direction) {
      oneHotSamples($0[0], samples: 3, gradient: gradient, stream: &stream)
    }
    var sum = [0.0, 0, 0, 0]
    for row in 0..<3 {
      let places = row * 4..<(row + 1) * 4
      let part = gradient.logitGradient(
        probabilities: softmax(logits),
        drawn: result.value.scalars[places].firstIndex(of: 1).map { $0 - row * 4 } ?? 0,
        upstream: Array(direction.scalars[places]))
      for index in sum.indices { sum[index] += part[index] }
    }
    #expect(mismatch(result.gradients[0], Tensor(sum), relative: 1e-13) == nil)
    #expect(sum.allSatisfy { abs($0) > 1e-3 }, "the test would see nothing")
  }

  @Test("logits far apart draw the likely element and have finite gradients")
  func farApart() {
    var stream = RandomStream(seed: 7, purpose: "test")
    let direction: Tensor<Double> = randomTensor([5, 3], seed: 8)
    let result = differentiated([Tensor([-1e5, 800, -3])], direction: direction) {
      oneHotSamples($0[0], samples: 5, gradient: .reinMax, stream: &stream)
    }
    #expect(result.value.scalars == (0..<5).flatMap { _ in [0.0, 1, 0] })
    #expect(result.gradients[0].scalars.allSatisfy { $0 == 0 })
  }
}
