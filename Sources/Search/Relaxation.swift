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

  /// Returns the expected mixture weights.
  ///
  /// - Parameter architectureWeights: α of the operations alive in one slot.
  /// - Returns: One weight for each, summing to 1.
  func meanWeights(_ architectureWeights: [Double]) -> [Double]
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

  /// Returns the concentrations divided by their sum.
  public func meanWeights(_ architectureWeights: [Double]) -> [Double] {
    let concentrations = architectureWeights.map(Concentration.value)
    let sum = concentrations.reduce(0, +)
    return concentrations.map { $0 / sum }
  }
}
