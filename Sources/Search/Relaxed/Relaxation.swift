import Activations
import Autodiff
import Foundation
import Tensors

/// How architecture weights become mixture weights.
public protocol Relaxation: Sendable {
  /// Returns mixture weights for a pass, differentiably.
  ///
  /// - Parameters:
  ///   - architectureWeights: α of the operations alive in one slot, `[operations]`.
  ///   - samples: The number of rows wanted.
  ///   - stream: The random numbers of this pass.
  /// - Returns: `[samples, operations]`, every row summing to 1.
  func weights(
    _ architectureWeights: Variable<Double>, samples: Int, stream: inout RandomStream
  ) -> Variable<Double>

  /// Computes the expected mixture weights.
  ///
  /// - Parameter architectureWeights: α of the operations alive in one slot.
  /// - Returns: A weight for each of them, summing to 1.
  func meanWeights(_ architectureWeights: [Double]) -> [Double]

  /// Computes the expected mixture weights, differentiably.
  ///
  /// - Parameter architectureWeights: α of the operations alive in one slot, `[operations]`.
  /// - Returns: `[1, operations]`.
  func meanWeights(_ architectureWeights: Variable<Double>) -> Variable<Double>

  /// Computes logarithms of the expected mixture weights up to a constant, differentiably.
  ///
  /// - Parameter architectureWeights: α of the operations alive in one slot, `[operations]`.
  /// - Returns: `[operations]`.
  func logits(_ architectureWeights: Variable<Double>) -> Variable<Double>

  /// Draws an architecture weight of a search that has not begun.
  func initialWeight(from stream: inout RandomStream) -> Double

  /// Computes the concentrations of a Dirichlet distribution, for the record.
  ///
  /// - Parameter architectureWeights: α of all operations of one slot.
  /// - Returns: One for each of them; zeros without such a distribution.
  func concentrations(_ architectureWeights: [Double]) -> [Double]
}

extension Relaxation {
  /// Takes the logarithms of the expected mixture weights.
  public func logits(_ architectureWeights: Variable<Double>) -> Variable<Double> {
    let means = meanWeights(architectureWeights)
    let values = means.value.scalars
    return means.tape.record(Tensor(values.map { log($0) }), from: [means]) { gradient in
      means.accumulate(Tensor(zip(gradient.scalars, values).map { $0 / $1 }, means.shape))
    }
  }

  /// Draws from U[0, 1) · 1e−6 (Strack et al., 2024, released program).
  public func initialWeight(from stream: inout RandomStream) -> Double { 1e-6 * stream.uniform() }

  /// Returns zeros.
  public func concentrations(_ architectureWeights: [Double]) -> [Double] {
    architectureWeights.map { _ in 0 }
  }
}

/// Mixture weights drawn from a Dirichlet distribution of concentration `elu(α) + 1`.
///
/// Source: Chen et al., 2021 (DrNAS).
public struct DirichletRelaxation: Relaxation {
  /// Makes the relaxation, which has no parameters.
  public init() {}

  /// Draws every row on its own: a call site with its own row reduces the gradient's variance.
  public func weights(
    _ architectureWeights: Variable<Double>, samples: Int, stream: inout RandomStream
  ) -> Variable<Double> {
    dirichletSamples(
      dirichletConcentration(architectureWeights), samples: samples, stream: &stream)
  }

  /// Returns `elu(α) + 1`.
  public func concentrations(_ architectureWeights: [Double]) -> [Double] {
    architectureWeights.map(Concentration.value)
  }

  /// Takes the logarithms of the concentrations: α below 0, ln(1 + α) above.
  public func logits(_ architectureWeights: Variable<Double>) -> Variable<Double> {
    let alpha = architectureWeights.value.scalars
    let values = Tensor(alpha.map { $0 > 0 ? log(1 + $0) : $0 })
    return architectureWeights.tape.record(values, from: [architectureWeights]) { gradient in
      architectureWeights.accumulate(
        Tensor(zip(gradient.scalars, alpha).map { $0 / (1 + max(0, $1)) }))
    }
  }

  /// Returns the concentrations divided by their sum.
  public func meanWeights(_ architectureWeights: [Double]) -> [Double] {
    let concentrations = architectureWeights.map(Concentration.value)
    let sum = concentrations.reduce(0, +)
    return concentrations.map { $0 / sum }
  }

  /// Differentiates the concentrations divided by their sum.
  public func meanWeights(_ architectureWeights: Variable<Double>) -> Variable<Double> {
    let concentrations = dirichletConcentration(architectureWeights)
    let values = concentrations.value.scalars
    let sum = values.reduce(0, +)
    let row = values.map { $0 / sum }
    return concentrations.tape.record(Tensor(row, [1, row.count]), from: [concentrations]) {
      let gradient = $0.scalars
      let mean = zip(row, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      concentrations.accumulate(Tensor(gradient.map { ($0 - mean) / sum }))
    }
  }
}
