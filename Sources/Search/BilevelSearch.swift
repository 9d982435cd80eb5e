import Activations
import Autodiff
import Datasets
import Evaluation
import Foundation
import Networks
import Tensors
import Traces

/// A one-shot search: weights learn from training batches, the architecture from validation
/// batches, in turn, while operations are dropped until one is left in every slot.
///
/// First order, with Dirichlet mixture weights, warm start and progressive shrinking (Strack,
/// Safari, Hutter, 2024). It knows nothing of files: what happened is a `Trajectory`, handed to
/// the caller as it grows.
public struct BilevelSearch<Network: ImageClassifier> {
  /// What decides the result.
  public let configuration: SearchConfiguration
  /// The network and the optimizer of its weights.
  public private(set) var trainer: Trainer<Network>
  /// The architecture parameters.
  public private(set) var architecture: Architecture
  /// What happened so far.
  public private(set) var trajectory: Trajectory
  /// The operations dropped at the beginning of each epoch.
  public let schedule: ShrinkingSchedule

  private let data: SearchData
  private let relaxation: any Relaxation
  private let sampler: CellSampler
  private var architectureOptimizer: Adam<Double>
  private let start = ContinuousClock.now

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - configuration: What decides the result.
  ///   - network: With its initial weights.
  ///   - data: The two parts of the training set.
  ///   - space: What the search chooses from.
  ///   - relaxation: How architecture weights become mixture weights.
  ///   - team: The threads to compute on.
  public init(
    _ configuration: SearchConfiguration, network: Network, data: SearchData,
    space: SearchSpace = .grafs, relaxation: any Relaxation = DirichletRelaxation(),
    team: ThreadTeam
  ) {
    self.configuration = configuration
    self.data = data
    self.relaxation = relaxation
    trainer = Trainer(
      network: network, optimizer: configuration.recipe.optimizer, team: team)
    var stream = RandomStream(seed: configuration.seed, purpose: "architecture")
    architecture = Architecture(
      graph: space.graph, operations: space.operations, stream: &stream)
    architectureOptimizer = Adam(
      betas: (0.5, 0.999), weightDecay: configuration.architectureWeightDecay)
    schedule = ShrinkingSchedule(
      dropping: architecture.operationsAlive - architecture.slots.count,
      start: configuration.shrinkingStart, epochs: configuration.recipe.epochs)
    trajectory = Trajectory(
      slots: architecture.slots.map(\.traced), curvePoints: Self.curvePoints)
    sampler = CellSampler(
      relaxation: relaxation, samples: network.activationSites.count,
      bound: configuration.bound, grid: configuration.isExact ? nil : CurveGrid())
  }

  /// Steps in an epoch.
  public var stepsPerEpoch: Int {
    configuration.recipe.stepsPerEpoch(batches: data.training.batchesPerEpoch)
  }

  /// The arguments at which the function is recorded after every epoch: −8…8 in steps of 1/16.
  private static var curvePoints: [Float] { (-128...128).map { Float($0) / 16 } }

  /// Searches from the beginning to the end.
  ///
  /// - Parameter report: Is told after every step and every epoch; what it throws ends the search.
  /// - Returns: How the search ended.
  /// - Throws: What `report` throws.
  public mutating func run(
    report: (SearchProgress) throws -> Void
  ) throws -> SearchOutcome {
    let training = BatchLoader(data.training)
    let validation = BatchLoader(data.validation)
    for epoch in 0..<configuration.recipe.epochs {
      drop(schedule.drops[epoch], epoch: epoch)
      var score = Score()
      for _ in 0..<stepsPerEpoch {
        let part = step(epoch: epoch, training: training, validation: validation)
        score.add(part.score)
        try report(progress(isEpochEnd: false))
        if !part.isFinite { return .diverged }
      }
      if epoch == configuration.recipe.epochs - 1 {
        drop(architecture.operationsAlive - architecture.slots.count, epoch: epoch)
      }
      let validation = try record(epoch, training: score)
      try report(progress(isEpochEnd: true))
      if !validation.loss.isFinite { return .diverged }
    }
    return .finished
  }

  // MARK: - A step

  /// One architecture step, then one weight step, and their row in the trajectory.
  ///
  /// - Returns: The score of the training batches, and whether both steps were possible.
  private mutating func step(
    epoch: Int, training: BatchLoader, validation: BatchLoader
  ) -> (score: Score, isFinite: Bool) {
    let number = trajectory.steps.count
    let isWarmStart = epoch < configuration.warmStartEpochs
    var row = Trajectory.Step(
      step: number, epoch: epoch,
      phase: isWarmStart ? .warmStart : architecture.isDiscrete ? .discrete : .search)
    row.operationsAlive = architecture.operationsAlive

    var isFinite = true
    if architecture.isTrainable {
      let validation = architectureStep(take(validation), number: number)
      row.validationLoss = Float(validation.score.loss)
      row.validationAccuracy = Float(validation.score.accuracy)
      row.architectureLearningRate = Float(configuration.architectureLearningRate)
      isFinite = validation.isFinite
    }
    let rate = configuration.recipe.learningRate(
      at: number, of: configuration.recipe.epochs * stepsPerEpoch)
    let score = weightStep(
      take(training), number: number, learningRate: rate, isWarmStart: isWarmStart)
    row.trainLoss = Float(score.loss)
    row.trainAccuracy = Float(score.accuracy)
    row.learningRate = Float(rate)
    row.elapsedSeconds = elapsedSeconds
    trajectory.append(row, states: architecture.slots.map { $0.state(relaxation) })
    return (score, isFinite && score.loss.isFinite)
  }

  private func take(_ loader: BatchLoader) -> [Batch] {
    (0..<configuration.recipe.accumulation).map { _ in loader.next() }
  }

  /// Moves the architecture against its gradient on validation batches. The network is a constant
  /// of these passes, its running statistics included.
  ///
  /// A finite loss may still have a gradient that is not; then, too, nothing moves.
  private mutating func architectureStep(
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
      let gradients = cell.variables.map { $0.gradient ?? Tensor(zeros: $0.shape) }
      if sums.isEmpty {
        sums = gradients
      } else {
        for index in sums.indices { sums[index].add(gradients[index], on: trainer.team) }
      }
    }
    let isFinite =
      score.loss.isFinite && sums.allSatisfy { $0.scalars.allSatisfy(\.isFinite) }
    if isFinite {
      for index in sums.indices { sums[index].scale(by: 1 / Double(batches.count)) }
      architecture.step(
        &architectureOptimizer, gradients: sums,
        learningRate: configuration.architectureLearningRate)
    }
    return (score, isFinite)
  }

  /// Moves the weights against their gradient on training batches. The architecture is a constant
  /// of these passes.
  private mutating func weightStep(
    _ batches: [Batch], number: Int, learningRate: Double, isWarmStart: Bool
  ) -> Score {
    var stream = RandomStream(
      seed: configuration.seed, purpose: "weight step", index: UInt64(number))
    let (architecture, sampler) = (architecture, sampler)
    return trainer.step(batches, learningRate: learningRate) { tape in
      isWarmStart
        ? Rectifier()
        : sampler.draw(architecture, on: tape, differentiates: false, stream: &stream).activation
    }
  }

  // MARK: - Between steps

  private mutating func drop(_ count: Int, epoch: Int) {
    for _ in 0..<count {
      guard let drop = architecture.dropWeakest() else { return }
      trajectory.append(
        Trajectory.Drop(
          step: trajectory.steps.count, epoch: epoch, slot: drop.slot,
          operation: drop.operation, alpha: Float(drop.weight)))
    }
  }

  /// Scores the network on the whole validation part and records the epoch.
  ///
  /// - Returns: That score.
  private mutating func record(_ epoch: Int, training: Score) throws -> Score {
    let isWarmStart = epoch < configuration.warmStartEpochs && !architecture.isDiscrete
    let score = trainer.score(on: data.scoring) { tape in
      isWarmStart ? Rectifier() : sampler.mean(architecture, on: tape)
    }
    var row = Trajectory.Epoch(epoch: epoch, elapsedSeconds: elapsedSeconds)
    row.trainLoss = Float(training.loss)
    row.trainAccuracy = Float(training.accuracy)
    row.validationLoss = Float(score.loss)
    row.validationAccuracy = Float(score.accuracy)
    let best = trajectory.epochs.last?.bestValidationAccuracy ?? 0
    row.bestValidationAccuracy = max(best, Float(score.accuracy))
    trajectory.append(row)

    let expression = try architecture.expression()
    trajectory.append(
      Trajectory.Genotype(
        epoch: epoch, expression: expression.description,
        operations: architecture.slots.map { $0.operations[$0.strongest].name }),
      curveValues: Self.curvePoints.map { Float(expression.value(at: Double($0))) })
    return score
  }

  private var elapsedSeconds: Double { (ContinuousClock.now - start) / .seconds(1) }

  private func progress(isEpochEnd: Bool) -> SearchProgress {
    SearchProgress(
      trajectory: trajectory, epochs: configuration.recipe.epochs, stepsPerEpoch: stepsPerEpoch,
      imagesPerStep: configuration.recipe.batchSize * configuration.recipe.accumulation,
      isEpochEnd: isEpochEnd)
  }
}

extension Architecture.Slot {
  /// The slot as a trajectory lists it.
  fileprivate var traced: Trajectory.Slot {
    Trajectory.Slot(
      name: name, operations: operations.map(\.name),
      learnable: operations.filter(\.isLearnable).map(\.name))
  }

  /// The slot's parameters, as a trajectory records them.
  fileprivate func state(_ relaxation: some Relaxation) -> Trajectory.SlotState {
    let alpha = weights.scalars
    let means = relaxation.meanWeights(alive.map { alpha[$0] })
    var weights = [Float](repeating: 0, count: operations.count)
    for (index, mean) in zip(alive, means) { weights[index] = Float(mean) }
    let scalars = scalars.scalars
    return Trajectory.SlotState(
      alpha: alpha.map { Float($0) },
      concentration: alpha.map { Float(Concentration.value($0)) },
      weights: weights,
      mask: operations.indices.map(alive.contains),
      scalars: operations.indices.filter { operations[$0].isLearnable }.map { Float(scalars[$0]) })
  }
}
