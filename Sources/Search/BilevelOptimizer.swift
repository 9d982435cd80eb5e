import Activations
import Autodiff
import Datasets
import Training
import Networks
import Tensors

/// The two steps of a bilevel search: one moves the architecture on validation batches,
/// the other the weights on training batches.
///
/// Each step moves the one by its own gradient and takes the other as constant, so no gradient leaks.
public struct BilevelOptimizer<Network: ImageClassifier> {
  /// What decides the result.
  public let configuration: SearchConfiguration
  /// The network and the optimizer of its weights.
  public internal(set) var trainer: Trainer<Network>
  /// The architecture parameters.
  public internal(set) var architecture: Architecture

  let relaxation: any Relaxation
  let sampler: CellSampler
  var architectureOptimizer: Adam<Double>

  /// Prepares the steps.
  ///
  /// - Parameters:
  ///   - configuration: What decides the result.
  ///   - network: With its initial weights.
  ///   - space: What the search chooses from; nil for the configuration's.
  ///   - relaxation: How architecture weights become mixture weights; nil for the method's.
  ///   - device: The threads to compute on.
  public init(
    _ configuration: SearchConfiguration, network: Network, space: SearchSpace? = nil,
    relaxation: (any Relaxation)? = nil, device: Device
  ) {
    let relaxation = relaxation ?? configuration.method.relaxation
    let space = space ?? configuration.knownSpace
    self.configuration = configuration
    self.relaxation = relaxation
    let (cells, cellOfSite) = configuration.scope.cells(of: network.activationSites)
    trainer = Trainer(
      network: network, optimizer: configuration.recipe.optimizer, device: device)
    var stream = RandomStream(seed: configuration.seed, purpose: "architecture")
    architecture = Architecture(
      graph: space.graph, operations: space.operations, cells: cells,
      channels: configuration.scalars.channels(
        of: network.activationSites, cellOfSite: cellOfSite, cells: cells.count),
      relaxation: relaxation, stream: &stream)
    architectureOptimizer = Adam(
      betas: (0.5, 0.999), weightDecay: configuration.architectureWeightDecay)
    sampler = CellSampler(
      relaxation: relaxation, sampling: configuration.sampling, cellOfSite: cellOfSite,
      limits: configuration.limits, grid: configuration.isExact ? nil : CurveGrid())
  }

  /// Moves the architecture against its mean gradient on validation batches.
  ///
  /// The network is a constant of this step, its running statistics included. Where the loss or
  /// its gradient is not finite the architecture stays; a finite loss may have a gradient that is
  /// not.
  ///
  /// - Parameters:
  ///   - batches: Each passes through the network on its own, with its own mixture weights.
  ///   - number: The step's number, which decides the mixture weights drawn.
  ///   - lookAhead: The training batches of the coming weight step and its η, if the method looks
  ///     ahead.
  /// - Returns: The score of these batches before the step, and whether the step was taken.
  public mutating func architectureStep(
    _ batches: [Batch], number: Int,
    lookAhead: (training: [Batch], learningRate: Double)? = nil
  ) -> (score: Score, isFinite: Bool) {
    var stream = RandomStream(
      seed: configuration.seed, purpose: "architecture step", index: UInt64(number))
    var result =
      lookAhead.map {
        gradientAhead(
          validation: batches, training: $0.training, learningRate: $0.learningRate,
          stream: &stream)
      } ?? gradients(of: batches, through: trainer.network, by: .architecture, stream: &stream)
    if configuration.divergenceWeight > 0 {
      architecture.addDivergenceGradients(
        to: &result.architecture, weight: configuration.divergenceWeight)
    }
    let isFinite = result.score.loss.isFinite && result.architecture.allSatisfy { $0.isFinite }
    if isFinite {
      architecture.step(
        &architectureOptimizer, gradients: result.architecture,
        learningRate: configuration.architectureLearningRate)
    }
    return (result.score, isFinite)
  }

  /// Moves the weights against their mean gradient on training batches.
  ///
  /// The architecture is a constant of these passes. Where the loss or its gradient is not finite
  /// the weights stay.
  ///
  /// - Parameters:
  ///   - batches: Each passes through the network on its own, with its own mixture weights.
  ///   - number: The step's number, which decides the mixture weights drawn.
  ///   - learningRate: η.
  ///   - isWarmStart: Whether the warm start's activation stands in for the cell.
  /// - Returns: The score of these batches before the step, and whether the step was taken.
  public mutating func weightStep(
    _ batches: [Batch], number: Int, learningRate: Double, isWarmStart: Bool = false
  ) -> (score: Score, isFinite: Bool) {
    var stream = RandomStream(
      seed: configuration.seed, purpose: "weight step", index: UInt64(number))
    let (architecture, sampler, configuration) = (architecture, sampler, configuration)
    return trainer.step(batches, learningRate: learningRate) { tape in
      isWarmStart
        ? configuration.warmStart(on: tape)
        : sampler.draw(architecture, on: tape, differentiates: false, stream: &stream).activation
    }
  }

  /// Scores the network with running statistics and expected mixture weights.
  ///
  /// - Parameters:
  ///   - batches: The images, each of which is scored once.
  ///   - count: Only the first so many batches are scored; nil for all.
  ///   - isWarmStart: Whether the warm start's activation stands in for the cell.
  /// - Returns: The score of the images.
  public func score(
    on batches: BatchSequence, first count: Int? = nil, isWarmStart: Bool
  ) -> Score {
    trainer.score(on: batches, first: count) { tape in
      isWarmStart ? configuration.warmStart(on: tape) : sampler.mean(architecture, on: tape)
    }
  }
}

extension SearchConfiguration {
  /// The space of a configuration that has been validated.
  fileprivate var knownSpace: SearchSpace {
    do {
      return try space()
    } catch {
      preconditionFailure("BilevelOptimizer: \(error)")
    }
  }

  /// The activation of the warm start.
  fileprivate func warmStart(on tape: Tape) -> any Activation {
    if warmStartActivation == UnaryOperation(ReLU.self) { return Rectifier() }
    return CurveActivation(grid: CurveGrid(), on: tape) { warmStartActivation.value($0) }
  }
}
