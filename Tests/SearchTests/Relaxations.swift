import Autodiff
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

  func meanWeights(_ architectureWeights: [Double]) -> [Double] {
    // As a distribution would: it is none of numbers that are not.
    precondition(architectureWeights.allSatisfy(\.isFinite), "α is \(architectureWeights)")
    return LinearRelaxation().meanWeights(architectureWeights)
  }
}
