import Activations
import Autodiff
import Datasets
import Evaluation
import Networks
import Tensors

/// The two steps of a first-order bilevel search: one moves the architecture on validation batches,
/// the other the weights on training batches.
///
/// Each pass differentiates by the one and takes the other as constant, so no gradient leaks.
public struct BilevelOptimizer<Network: ImageClassifier> {
  /// What decides the result.
  public let configuration: SearchConfiguration
  /// The network and the optimizer of its weights.
  public private(set) var trainer: Trainer<Network>
  /// The architecture parameters.
  public internal(set) var architecture: Architecture

  let relaxation: any Relaxation
  private let sampler: CellSampler
  private var architectureOptimizer: Adam<Double>

  /// Prepares the steps.
  ///
  /// - Parameters:
  ///   - configuration: What decides the result.
  ///   - network: With its initial weights.
  ///   - space: What the search chooses from.
  ///   - relaxation: How architecture weights become mixture weights.
  ///   - team: The threads to compute on.
  public init(
    _ configuration: SearchConfiguration, network: Network, space: SearchSpace = .grafs,
    relaxation: any Relaxation = DirichletRelaxation(), team: ThreadTeam
  ) {
    self.configuration = configuration
    self.relaxation = relaxation
    trainer = Trainer(
      network: network, optimizer: configuration.recipe.optimizer, team: team)
    var stream = RandomStream(seed: configuration.seed, purpose: "architecture")
    architecture = Architecture(
      graph: space.graph, operations: space.operations, stream: &stream)
    architectureOptimizer = Adam(
      betas: (0.5, 0.999), weightDecay: configuration.architectureWeightDecay)
    sampler = CellSampler(
      relaxation: relaxation, samples: network.activationSites.count,
      bound: configuration.bound, grid: configuration.isExact ? nil : CurveGrid())
  }

  /// Moves the architecture against its mean gradient on validation batches.
  ///
  /// The network is a constant of these passes, its running statistics included. Where the loss or
  /// its gradient is not finite the architecture stays; a finite loss may have a gradient that is
  /// not.
  ///
  /// - Parameters:
  ///   - batches: Each passes through the network on its own, with its own mixture weights.
  ///   - number: The step's number, which decides the mixture weights drawn.
  /// - Returns: The score of these batches before the step, and whether the step was taken.
  public mutating func architectureStep(
    _ batches: [Batch], number: Int
  ) -> (score: Score, isFinite: Bool) {
    var stream = RandomStream(
      seed: configuration.seed, purpose: "architecture step", index: UInt64(number))
    var score = Score()
    var sums: [Tensor<Double>] = []
    for batch in batches {
      var network = trainer.network
      let tape = Tape(team: trainer.team)
      let cell = sampler.draw(architecture, on: tape, differentiates: true, stream: &stream)
      let loss = network.loss(of: batch, activation: cell.activation, score: &score, on: tape)
      tape.pullBack(from: loss)
      sums.add(
        cell.variables.map { $0.gradient ?? Tensor(zeros: $0.shape) }, on: trainer.team)
    }
    let isFinite =
      score.loss.isFinite && sums.allSatisfy({ $0.isFinite })
    if isFinite {
      sums.scale(by: 1 / Double(batches.count))
      architecture.step(
        &architectureOptimizer, gradients: sums,
        learningRate: configuration.architectureLearningRate)
    }
    return (score, isFinite)
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
  ///   - isWarmStart: Whether the network's default activation, ReLU, stands in for the cell.
  /// - Returns: The score of these batches before the step, and whether the step was taken.
  public mutating func weightStep(
    _ batches: [Batch], number: Int, learningRate: Double, isWarmStart: Bool = false
  ) -> (score: Score, isFinite: Bool) {
    var stream = RandomStream(
      seed: configuration.seed, purpose: "weight step", index: UInt64(number))
    let (architecture, sampler) = (architecture, sampler)
    return trainer.step(batches, learningRate: learningRate) { tape in
      isWarmStart
        ? Rectifier()
        : sampler.draw(architecture, on: tape, differentiates: false, stream: &stream).activation
    }
  }

  /// Scores the network with running statistics and expected mixture weights.
  ///
  /// - Parameters:
  ///   - batches: The images, all of which are scored once.
  ///   - isWarmStart: Whether the network's default activation, ReLU, stands in for the cell.
  /// - Returns: The score of all images.
  public func score(on batches: BatchSequence, isWarmStart: Bool) -> Score {
    trainer.score(on: batches) { tape in
      isWarmStart ? Rectifier() : sampler.mean(architecture, on: tape)
    }
  }
}
