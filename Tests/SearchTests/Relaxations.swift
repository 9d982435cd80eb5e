import Autodiff
import Foundation
import Search
import Tensors

/// Mixture weights that need no chance: `(1 + α) / n`.
struct LinearRelaxation: Relaxation {
  func weights(
    _ architectureWeights: Variable<Double>, samples: Int, stream: inout RandomStream
  ) -> Variable<Double> {
    let row = meanWeights(architectureWeights.value.scalars)
    let count = Double(row.count)
    let value = Tensor((0..<samples).flatMap { _ in row }, [samples, row.count])
    return architectureWeights.tape.record(value, from: [architectureWeights]) { gradient in
      let gradient = gradient.scalars
      let sums = row.indices.map { index in
        (0..<samples).reduce(0) { $0 + gradient[$1 * row.count + index] } / count
      }
      architectureWeights.accumulate(Tensor(sums))
    }
  }

  func meanWeights(_ architectureWeights: Variable<Double>) -> Variable<Double> {
    var stream = RandomStream(seed: 0, purpose: "none")
    return weights(architectureWeights, samples: 1, stream: &stream)
  }

  func meanWeights(_ architectureWeights: [Double]) -> [Double] {
    architectureWeights.map { (1 + $0) / Double(architectureWeights.count) }
  }
}

/// As `LinearRelaxation`, but its gradient is not a number.
struct PoisonedRelaxation: Relaxation {
  func weights(
    _ architectureWeights: Variable<Double>, samples: Int, stream: inout RandomStream
  ) -> Variable<Double> {
    let row = meanWeights(architectureWeights.value.scalars)
    let value = Tensor((0..<samples).flatMap { _ in row }, [samples, row.count])
    return architectureWeights.tape.record(value, from: [architectureWeights]) { _ in
      architectureWeights.accumulate(Tensor(repeating: .nan, [row.count]))
    }
  }

  func meanWeights(_ architectureWeights: Variable<Double>) -> Variable<Double> {
    LinearRelaxation().meanWeights(architectureWeights)
  }

  func meanWeights(_ architectureWeights: [Double]) -> [Double] {
    // As a distribution would: it is none of numbers that are not.
    precondition(architectureWeights.allSatisfy(\.isFinite), "α is \(architectureWeights)")
    return LinearRelaxation().meanWeights(architectureWeights)
  }
}

/// As `LinearRelaxation`, but in about a third of the passes its gradient is not a number.
struct SometimesPoisonedRelaxation: Relaxation {
  func weights(
    _ architectureWeights: Variable<Double>, samples: Int, stream: inout RandomStream
  ) -> Variable<Double> {
    stream.uniform() < 0.3
      ? PoisonedRelaxation().weights(architectureWeights, samples: samples, stream: &stream)
      : LinearRelaxation().weights(architectureWeights, samples: samples, stream: &stream)
  }

  func meanWeights(_ architectureWeights: Variable<Double>) -> Variable<Double> {
    LinearRelaxation().meanWeights(architectureWeights)
  }

  func meanWeights(_ architectureWeights: [Double]) -> [Double] {
    LinearRelaxation().meanWeights(architectureWeights)
  }
}

/// A softmax of α plus noise that is each row's own: rows differ as Dirichlet draws do, and the
/// weights are a smooth function of α for a given stream, which those of a sampler that rejects are
/// not, so differences can be taken.
struct NoisySoftmaxRelaxation: Relaxation {
  func weights(
    _ architectureWeights: Variable<Double>, samples: Int, stream: inout RandomStream
  ) -> Variable<Double> {
    let alpha = architectureWeights.value.scalars
    let rows = (0..<samples).map { _ in
      softmax(alpha.map { $0 + stream.normal() })
    }
    let value = Tensor(rows.flatMap { $0 }, [samples, alpha.count])
    return architectureWeights.tape.record(value, from: [architectureWeights]) { gradient in
      var sums = [Double](repeating: 0, count: alpha.count)
      for (row, weights) in rows.enumerated() {
        let upstream = gradient.scalars[row * alpha.count..<(row + 1) * alpha.count]
        let mean = zip(weights, upstream).reduce(0) { $0 + $1.0 * $1.1 }
        for (index, part) in zip(weights, upstream).enumerated() {
          sums[index] += part.0 * (part.1 - mean)
        }
      }
      architectureWeights.accumulate(Tensor(sums))
    }
  }

  func meanWeights(_ architectureWeights: Variable<Double>) -> Variable<Double> {
    SoftmaxRelaxation().meanWeights(architectureWeights)
  }

  func meanWeights(_ architectureWeights: [Double]) -> [Double] { softmax(architectureWeights) }

  private func softmax(_ numbers: [Double]) -> [Double] {
    let powers = numbers.map { exp($0) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
