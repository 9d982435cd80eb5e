import Activations
import Autodiff
import Datasets
import Networks
import Settings
import Tensors
import Training

/// The two steps of a bilevel search: one moves the architecture on validation batches,
/// the other the weights on training batches.
///
/// Each step moves the one by its own gradient and takes the other as constant, so no gradient
/// leaks.
public struct BilevelOptimizer<M: Model> {
  /// What decides the result.
  public let configuration: BilevelConfiguration
  /// The model and the optimizer of its weights.
  public internal(set) var trainer: Trainer<M>
  /// The architecture parameters.
  public internal(set) var architecture: Architecture

  let relaxation: any Relaxation
  var sampler: CellSampler
  /// The activation of the warm start.
  private let warmStart: TrainedActivation
  var architectureOptimizer: Adam<Double>

  /// Prepares the steps.
  ///
  /// - Parameters:
  ///   - configuration: What decides the result.
  ///   - model: With its initial weights.
  ///   - space: What the search chooses from; nil for the configuration's.
  ///   - relaxation: How architecture weights become mixture weights; nil for the method's.
  ///   - device: The threads to compute on.
  /// - Throws: `ImpossibleValue` if the configuration's cell and operations make no space.
  public init(
    _ configuration: BilevelConfiguration, model: M, space: SearchSpace? = nil,
    relaxation: (any Relaxation)? = nil, device: Device
  ) throws(ImpossibleValue) {
    let relaxation = relaxation ?? configuration.method.relaxation
    let space = if let space { space } else { try configuration.task.space() }
    self.configuration = configuration
    self.relaxation = relaxation
    let usual = configuration.warmStartActivation ?? model.usualActivation
    warmStart = TrainedActivation([.init(of: usual)], sites: model.activationSites)
    let (cells, cellOfSite) = configuration.scope.cells(of: model.activationSites)
    trainer = Trainer(model: model, recipe: configuration.recipe, device: device)
    var stream = RandomStream(seed: configuration.seed, purpose: "architecture")
    architecture = Architecture(
      graph: space.graph, operations: space.operations, cells: cells,
      channels: configuration.scalars.channels(
        of: model.activationSites, cellOfSite: cellOfSite, cells: cells.count),
      relaxation: relaxation, stream: &stream)
    architectureOptimizer = Adam(
      betas: (0.5, 0.999), weightDecay: configuration.architectureWeightDecay)
    sampler = CellSampler(
      relaxation: relaxation, sampling: configuration.method.sampling, cellOfSite: cellOfSite,
      limits: configuration.limits, grid: configuration.isExact ? nil : CurveGrid())
  }

  /// Moves the architecture against its mean gradient on validation batches.
  ///
  /// The network is a constant of this step, its running statistics included. Where the loss, its
  /// gradient or what the step would lead to is not finite the architecture stays; a finite loss
  /// may have a gradient that is not.
  ///
  /// - Parameters:
  ///   - batches: Each passes through the network on its own, with its own mixture weights.
  ///   - number: The step's number, which decides the mixture weights drawn.
  ///   - lookAhead: The training batches of the coming weight step and its η, if the method looks
  ///     ahead.
  ///   - learningRate: That of the architecture; nil for the configuration's.
  ///   - betaDecay: λ of this step.
  /// - Returns: The score of these batches before the step, and whether the step was taken.
  public mutating func architectureStep(
    _ batches: [Trainer<M>.Examples], number: Int,
    lookAhead: (training: [Trainer<M>.Examples], learningRate: Double)? = nil,
    learningRate: Double? = nil, betaDecay: Double = 0
  ) -> (score: Score, isFinite: Bool) {
    let purpose = "architecture step"
    var stream = RandomStream(seed: configuration.seed, purpose: purpose, index: UInt64(number))
    let randomness = Pass.Randomness(seed: configuration.seed, purpose: purpose, number: number)
    var result =
      lookAhead.map {
        gradientAhead(
          validation: batches, training: $0.training, learningRate: $0.learningRate,
          randomness: randomness, stream: &stream)
      }
      ?? gradients(
        of: batches, through: trainer.model, by: .architecture, randomness: randomness,
        stream: &stream)
    if configuration.method.divergenceWeight > 0 {
      architecture.addDivergenceGradients(
        to: &result.architecture, weight: configuration.method.divergenceWeight)
    }
    if betaDecay > 0 {
      architecture.addBetaDecayGradients(to: &result.architecture, weight: betaDecay)
    }
    var isFinite = result.score.loss.isFinite && result.architecture.allSatisfy { $0.isFinite }
    if isFinite {
      let before = architecture
      architecture.step(
        &architectureOptimizer, gradients: result.architecture,
        learningRate: learningRate ?? configuration.architectureLearningRate)
      // A finite gradient does not help where the optimizer's own numbers are beyond all bounds.
      isFinite = architecture.slots.allSatisfy { $0.weights.isFinite }
      if !isFinite { architecture = before }
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
    _ batches: [Trainer<M>.Examples], number: Int, learningRate: Double,
    isWarmStart: Bool = false
  ) -> (score: Score, isFinite: Bool) {
    let purpose = "weight step"
    var stream = RandomStream(seed: configuration.seed, purpose: purpose, index: UInt64(number))
    let (architecture, sampler, warmStart) = (architecture, sampler, warmStart)
    return trainer.step(
      batches, learningRate: learningRate,
      randomness: Pass.Randomness(seed: configuration.seed, purpose: purpose, number: number)
    ) { tape in
      isWarmStart
        ? warmStart.activation(on: tape)
        : sampler.draw(architecture, on: tape, differentiates: false, stream: &stream).activation
    }
  }

  /// Scores the network with running statistics and expected mixture weights.
  ///
  /// - Parameters:
  ///   - batches: The examples, each of which is scored once.
  ///   - count: Only the first so many batches are scored; nil for all.
  ///   - isWarmStart: Whether the warm start's activation stands in for the cell.
  /// - Returns: The score of the examples.
  public func score(
    on batches: any Batches<M.Input, M.Targets>, first count: Int? = nil, isWarmStart: Bool
  ) -> Score {
    trainer.score(on: batches, first: count) { tape in
      isWarmStart ? warmStart.activation(on: tape) : sampler.mean(architecture, on: tape)
    }
  }
}
