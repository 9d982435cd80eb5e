import Autodiff
import Tensors

extension RandomStream: UniformNormalSource {}

/// Returns `elu(α) + 1` for every element: the concentration of a Dirichlet distribution.
///
/// Source: Chen et al., 2021 (DrNAS).
///
/// - Parameter architectureWeights: α, of any shape.
/// - Returns: The same shape.
public func dirichletConcentration(_ architectureWeights: Variable<Double>) -> Variable<Double> {
  let alpha = architectureWeights.value.scalars
  let result = Tensor(alpha.map(Concentration.value), architectureWeights.shape)
  return architectureWeights.tape.record(result, from: [architectureWeights]) { gradient in
    architectureWeights.accumulate(
      Tensor(
        zip(gradient.scalars, alpha).map { $0 * Concentration.derivative($1) },
        architectureWeights.shape))
  }
}

/// Draws mixture weights from a Dirichlet distribution, differentiably.
///
/// The gradient by the concentrations is the implicit one of the Gamma draws (Figurnov, Mohamed,
/// Mnih, 2018). A distribution over one element always gives 1, without gradient.
///
/// - Parameters:
///   - concentrations: c, `[elements]`, all positive.
///   - samples: The number of independent draws.
///   - stream: The random numbers.
/// - Returns: `[samples, elements]`; every row sums to 1.
public func dirichletSamples(
  _ concentrations: Variable<Double>, samples: Int, stream: inout RandomStream
) -> Variable<Double> {
  let elements = concentrations.value.count
  let draws = (0..<samples).map { _ in
    DirichletDraw(concentrations: concentrations.value.scalars, from: &stream)
  }
  let weights = Tensor(draws.flatMap(\.weights), [samples, elements])
  return concentrations.tape.record(weights, from: [concentrations]) { gradient in
    let gradient = gradient.scalars
    var sum = [Double](repeating: 0, count: elements)
    for (sample, draw) in draws.enumerated() {
      let row = Array(gradient[sample * elements..<(sample + 1) * elements])
      for (index, part) in draw.concentrationGradients(weightGradients: row).enumerated() {
        sum[index] += part
      }
    }
    concentrations.accumulate(Tensor(sum, concentrations.shape))
  }
}
