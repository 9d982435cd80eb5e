import Activations
import Autodiff
import Tensors

/// Turns an architecture into the activation of a pass.
package struct CellSampler {
  /// How architecture weights become mixture weights.
  let relaxation: any Relaxation
  /// The functions drawn for a pass: one for each activation site of the network.
  let samples: Int
  /// ℓ: operations' outputs are clipped to ±ℓ.
  let bound: Double
  /// The nodes at which cells are tabulated; nil evaluates them for every element.
  let grid: CurveGrid?

  /// Makes a sampler.
  package init(relaxation: any Relaxation, samples: Int, bound: Double, grid: CurveGrid?) {
    self.relaxation = relaxation
    self.samples = samples
    self.bound = bound
    self.grid = grid
  }

  /// Draws the cells of a pass.
  ///
  /// - Parameters:
  ///   - architecture: The architecture parameters.
  ///   - tape: The tape of the pass.
  ///   - differentiates: Whether gradients by the architecture are wanted.
  ///   - stream: The random numbers of this pass.
  /// - Returns: The activation; and α of every slot, then the scalars of every slot, on the tape.
  package func draw(
    _ architecture: Architecture, on tape: Tape, differentiates: Bool, stream: inout RandomStream
  ) -> (activation: any Activation, variables: [Variable<Double>]) {
    let pass = architecture.pass(
      on: tape, relaxation: relaxation, samples: samples, bound: bound,
      differentiates: differentiates, stream: &stream)
    return (activation(pass.cell, on: tape), pass.variables)
  }

  /// The cell with expected mixture weights at every site, without gradient.
  package func mean(_ architecture: Architecture, on tape: Tape) -> any Activation {
    activation(architecture.meanCell(on: tape, relaxation: relaxation, bound: bound), on: tape)
  }

  private func activation(_ cell: RelaxedCell, on tape: Tape) -> any Activation {
    guard let grid else { return ExactActivation(cell) }
    return CurveActivation(cell, grid: grid, on: tape)
  }
}
