import Autodiff
import Foundation
import Tensors

/// Mixture weights `softmax(α)`, without chance.
///
/// Source: Liu, Simonyan, Yang, 2019 (DARTS), equation 2.
public struct SoftmaxRelaxation: Relaxation {
  /// Makes the relaxation, which has no parameters.
  public init() {}

  /// Gives every sample the same weights.
  public func weights(
    _ architectureWeights: Variable<Double>, samples: Int, stream: inout RandomStream
  ) -> Variable<Double> {
    let row = meanWeights(architectureWeights.value.scalars)
    let value = Tensor((0..<samples).flatMap { _ in row }, [samples, row.count])
    return architectureWeights.tape.record(value, from: [architectureWeights]) { gradient in
      let gradient = gradient.scalars
      let sums = row.indices.map { index in
        (0..<samples).reduce(0) { $0 + gradient[$1 * row.count + index] }
      }
      let mean = zip(row, sums).reduce(0) { $0 + $1.0 * $1.1 }
      architectureWeights.accumulate(Tensor(zip(row, sums).map { $0 * ($1 - mean) }))
    }
  }

  /// Differentiates the same weights.
  public func meanWeights(_ architectureWeights: Variable<Double>) -> Variable<Double> {
    var unused = RandomStream(seed: 0, purpose: "none")
    return weights(architectureWeights, samples: 1, stream: &unused)
  }

  /// Returns α.
  public func logits(_ architectureWeights: Variable<Double>) -> Variable<Double> {
    architectureWeights
  }

  /// Returns the softmax.
  public func meanWeights(_ architectureWeights: [Double]) -> [Double] {
    let largest = architectureWeights.max() ?? 0
    let exponentials = architectureWeights.map { exp($0 - largest) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
  }

  /// Draws from 1e−3 · N(0, 1).
  public func initialWeight(from stream: inout RandomStream) -> Double { 1e-3 * stream.normal() }
}
