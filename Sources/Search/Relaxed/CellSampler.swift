import Activations
import Autodiff
import Tensors

/// Turns an architecture into the activation of a pass.
package struct CellSampler {
  /// How architecture weights become mixture weights.
  let relaxation: any Relaxation
  /// Which call sites share mixture weights.
  let sampling: MixtureSampling
  /// The index of the cell of every activation site of the network.
  let cellOfSite: [Int]
  /// How operations are bounded.
  let limits: Limits
  /// The nodes at which cells are tabulated; nil evaluates them for every element.
  let grid: CurveGrid?
  /// How a gradient passes draws of single operations, where those are drawn; nil for mixtures.
  package var oneHot: OneHotGradient?

  /// Makes a sampler.
  package init(
    relaxation: any Relaxation, sampling: MixtureSampling = .perSite, cellOfSite: [Int],
    limits: Limits, grid: CurveGrid?
  ) {
    self.relaxation = relaxation
    self.sampling = sampling
    self.cellOfSite = cellOfSite
    self.limits = limits
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
    var sites = [Int](repeating: 0, count: architecture.cells.count)
    for cell in cellOfSite { sites[cell] += 1 }
    let pass = architecture.pass(on: tape, limits: limits, differentiates: differentiates) {
      let samples = sampling == .perSite ? sites[$1] : 1
      if let oneHot {
        return oneHotSamples(
          relaxation.logits($0), samples: samples, gradient: oneHot, stream: &stream)
      }
      return sampling == .mean
        ? relaxation.meanWeights($0)
        : relaxation.weights($0, samples: samples, stream: &stream)
    }
    return (activation(pass, on: tape), pass.variables)
  }

  /// The cells with expected mixture weights at every site, without gradient.
  package func mean(_ architecture: Architecture, on tape: Tape) -> any Activation {
    let values = Limits(outputs: limits.outputs)
    let pass = architecture.pass(on: tape, limits: values, differentiates: false) { alpha, _ in
      relaxation.meanWeights(alpha)
    }
    return activation(pass, on: tape)
  }

  private func activation(_ pass: Architecture.Pass, on tape: Tape) -> any Activation {
    let activations = zip(pass.cells, pass.channels).map { cell, channels -> any Activation in
      guard let channels else {
        return grid.map { CurveActivation(cell, grid: $0, on: tape) } ?? ExactActivation(cell)
      }
      return grid.map {
        ChannelwiseCurveActivation(cell, channels: channels, grid: $0, on: tape)
      } ?? ChannelwiseExactActivation(cell, channels: channels)
    }
    return activations.count == 1
      ? activations[0] : SitedActivation(activations, activationOfSite: cellOfSite)
  }
}
