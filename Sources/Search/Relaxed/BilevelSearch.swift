import Activations
import Autodiff
import Datasets
import Networks
import Settings
import Tensors
import Traces
import Training

/// A one-shot search: weights learn from training batches, the architecture from validation
/// batches, in turn, while operations are dropped until one is left in every slot.
///
/// With warm start and progressive shrinking (Strack, Safari, Hutter, 2024). It knows nothing of
/// files: what happened is a `Trajectory`, handed to the caller as it grows.
public struct BilevelSearch<M: Model> {
  /// What decides the result.
  public let configuration: BilevelConfiguration
  /// What happened so far.
  public internal(set) var trajectory: Trajectory
  /// The scores of the whole validation part, one after each epoch.
  public internal(set) var validationScores: [Score] = []
  /// The last score of the whole validation part with relaxed cells: after the last epoch in which
  /// a choice was open, or just before the choice at the end; nil before any.
  public internal(set) var relaxedScore: Score?
  /// The operations dropped at the beginning of each epoch.
  public let schedule: ShrinkingSchedule

  var optimizer: BilevelOptimizer<M>
  var position = SearchPosition()
  let data: SearchData<M.Input, M.Targets>
  let space: SearchSpace

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - configuration: What decides the result.
  ///   - model: With its initial weights.
  ///   - data: The two parts of the training set.
  ///   - space: What the search chooses from; nil for the configuration's.
  ///   - relaxation: How architecture weights become mixture weights; nil for the method's.
  ///   - device: The threads to compute on.
  /// - Throws: `ImpossibleValue` if the configuration's cell and operations make no space.
  public init(
    _ configuration: BilevelConfiguration, model: M, data: SearchData<M.Input, M.Targets>,
    space: SearchSpace? = nil, relaxation: (any Relaxation)? = nil, device: Device
  ) throws(ImpossibleValue) {
    self.configuration = configuration
    self.data = data
    let space = if let space { space } else { try configuration.task.space() }
    self.space = space
    optimizer = try BilevelOptimizer(
      configuration, model: model, space: space, relaxation: relaxation, device: device)
    let architecture = optimizer.architecture
    schedule = ShrinkingSchedule(
      configuration, sizes: architecture.slots.map(\.alive.count))
    trajectory = Trajectory(
      slots: architecture.slots.map(\.traced),
      functions: architecture.cells.count == 1 ? ["y"] : architecture.cells,
      curvePoints: Trajectory.usualCurvePoints)
  }

  /// Keeps the trajectory in a store from now on, so that memory does not grow with the steps.
  ///
  /// - Parameter store: Nil for memory.
  public mutating func keepTrajectory(in store: ColumnStore?) { trajectory.store = store }

  /// The model and the optimizer of its weights.
  public var trainer: Trainer<M> { optimizer.trainer }

  /// The best accuracy on the whole validation part after any epoch, from 0 to 1, relaxed cells
  /// included; nil before an epoch with cells has ended. Epochs of the warm start are scored with
  /// the default activation and do not count.
  public var bestValidationAccuracy: Double? {
    validationScores.indices.filter { !isWarm(epoch: $0) }
      .map { validationScores[$0].accuracy }.max()
  }

  /// Whether an epoch is scored with the default activation: one of the warm start, but not the
  /// last one, which ends with a discrete cell.
  private func isWarm(epoch: Int) -> Bool {
    epoch < configuration.warmStartEpochs && epoch < configuration.recipe.epochs - 1
  }

  /// The architecture parameters.
  public var architecture: Architecture { optimizer.architecture }

  /// Seconds of searching so far, those before an interruption included.
  public var elapsedSeconds: Double { position.clock.seconds }

  /// Steps in an epoch.
  public var stepsPerEpoch: Int {
    configuration.recipe.stepsPerEpoch(batches: data.training.batchesPerEpoch)
  }

  /// Searches from where it stands, which is the beginning at first, to the end.
  ///
  /// - Parameter report: Called after every step and every epoch; what it throws ends the search,
  ///   which another call continues.
  /// - Returns: How the search ended.
  /// - Throws: What `report` throws.
  public mutating func run(
    report: (SearchProgress) throws -> Void
  ) throws -> SearchOutcome {
    try run { _, progress in try report(progress) }
  }

  /// Searches from where it stands to the end.
  ///
  /// - Parameter report: Is given the search, such as to take its checkpoint, after every step and
  ///   every epoch; what it throws ends the search, which another call continues.
  /// - Returns: How the search ended.
  /// - Throws: What `report` throws.
  public mutating func run(
    report: (BilevelSearch, SearchProgress) throws -> Void
  ) throws -> SearchOutcome {
    let training = Loader(data.training, startingAt: position.trainingBatches)
    let validation = Loader(data.validation, startingAt: position.validationBatches)
    position.clock.start()
    defer { position.clock.stop() }
    while position.outcome == nil {
      let epoch = position.epoch
      if position.step == 0 {
        drop(schedule.drops[epoch], epoch: epoch)
        if configuration.discretization == .meanWeight {
          optimizer.architecture.beginWeightSums()
        }
      }
      while position.step < stepsPerEpoch {
        step(epoch: epoch, training: training, validation: validation)
        try report(self, progress(isEpochEnd: false))
        if let outcome = position.outcome { return outcome }
      }
      if epoch == configuration.recipe.epochs - 1 {
        if !architecture.isDiscrete {
          relaxedScore = optimizer.score(on: data.scoring, isWarmStart: false)
        }
        drop(architecture.operationsAlive - architecture.slots.count, epoch: epoch)
        try plugIn { try report($0, $0.progress(isEpochEnd: false, plugged: $1)) }
      }
      let validation = try record(epoch, training: position.score)
      position.endEpoch(
        isLast: epoch == configuration.recipe.epochs - 1, isFinite: validation.loss.isFinite,
        policy: configuration.divergence)
      try report(self, progress(isEpochEnd: true))
    }
    return position.outcome ?? .finished
  }

  // MARK: - A step

  /// One architecture step, then one weight step, and their row in the trajectory.
  private mutating func step(epoch: Int, training: Loader, validation: Loader) {
    let number = trajectory.steps.count
    let isWarmStart = epoch < configuration.warmStartEpochs
    var row = Trajectory.Step(
      step: number, epoch: epoch,
      phase: isWarmStart ? .warmStart : architecture.isDiscrete ? .discrete : .search)
    row.operationsAlive = architecture.operationsAlive

    let rate = configuration.recipe.learningRate(
      at: number, of: configuration.recipe.epochs * stepsPerEpoch)
    let batches = take(1, of: training, counting: &position.trainingBatches)
    optimizer.sampler.oneHot =
      drawsSingleOperations(in: epoch) ? configuration.oneHotGradient : nil
    var isFinite = true
    if architecture.isTrainable, epoch >= configuration.architectureStart {
      let architectureRate = architectureLearningRate(in: epoch)
      let validation = optimizer.architectureStep(
        take(
          configuration.architectureDraws, of: validation, counting: &position.validationBatches),
        number: number,
        lookAhead: configuration.method.looksAhead && !isWarmStart ? (batches, rate) : nil,
        learningRate: architectureRate,
        betaDecay: configuration.betaDecay * Double(epoch)
          / Double(max(1, configuration.recipe.epochs - 1)))
      row.validationLoss = Float(validation.score.loss)
      row.validationAccuracy = Float(validation.score.accuracy)
      row.architectureLearningRate = Float(architectureRate)
      isFinite = validation.isFinite
    }
    let (score, hasStepped) = optimizer.weightStep(
      batches, number: number, learningRate: rate, isWarmStart: isWarmStart)
    row.trainLoss = Float(score.loss)
    row.trainAccuracy = Float(score.accuracy)
    row.learningRate = Float(rate)
    row.elapsedSeconds = position.clock.seconds
    optimizer.architecture.sumWeights(of: optimizer.relaxation)
    trajectory.append(
      row, states: architecture.slots.map { $0.state(optimizer.relaxation) })
    position.endStep(
      score, isFinite: isFinite && hasStepped, policy: configuration.divergence)
  }

  private typealias Loader = BatchLoader<M.Input, M.Targets>

  private func take(
    _ parts: Int, of loader: Loader, counting taken: inout Int
  ) -> [Trainer<M>.Examples] {
    let count = parts * configuration.recipe.accumulation
    taken += count
    return (0..<count).map { _ in loader.next() }
  }

  /// Whether passes of an epoch draw single operations instead of mixtures.
  private func drawsSingleOperations(in epoch: Int) -> Bool {
    configuration.oneHotStart.map {
      Double(epoch) >= $0 * Double(configuration.recipe.epochs)
    } ?? false
  }

  /// The learning rate of the architecture in an epoch.
  private func architectureLearningRate(in epoch: Int) -> Double {
    configuration.architectureReach?.learningRate(
      epoch: epoch, from: configuration.architectureStart, drops: schedule.drops,
      endsChoice: schedule.total
        == architecture.slots.reduce(0) { $0 + $1.operations.count - 1 },
      steps: stepsPerEpoch)
      ?? configuration.architectureLearningRate
  }

  // MARK: - Between steps

  /// Scores the network on the whole validation part and records the epoch.
  ///
  /// - Returns: That score.
  private mutating func record(_ epoch: Int, training: Score) throws -> Score {
    let isWarmStart = isWarm(epoch: epoch)
    let score = optimizer.score(on: data.scoring, isWarmStart: isWarmStart)
    validationScores.append(score)
    if !isWarmStart, !architecture.isDiscrete { relaxedScore = score }
    var row = Trajectory.Epoch(epoch: epoch, elapsedSeconds: position.clock.seconds)
    row.trainLoss = Float(training.loss)
    row.trainAccuracy = Float(training.accuracy)
    row.validationLoss = Float(score.loss)
    row.validationAccuracy = Float(score.accuracy)
    row.bestValidationAccuracy = bestValidationAccuracy.map { Float($0) } ?? .nan
    trajectory.append(row)

    let function = try architecture.function(within: configuration.limits)
    trajectory.append(
      Trajectory.Genotype(
        epoch: epoch, expression: function.formula, function: function.text,
        operations: architecture.slots.map { $0.operations[$0.strongest].name }),
      curveValues: function.cells.flatMap { cell in
        Trajectory.usualCurvePoints.map {
          Float(cell.expression.value(at: Double($0), limits: function.limits))
        }
      })
    return score
  }

  private func progress(isEpochEnd: Bool, plugged: Int = 0) -> SearchProgress {
    SearchProgress(
      trajectory: trajectory, epochs: configuration.recipe.epochs, stepsPerEpoch: stepsPerEpoch,
      examplesPerStep: configuration.recipe.batchSize * configuration.recipe.accumulation,
      isEpochEnd: isEpochEnd, plugged: plugged)
  }
}

extension Architecture.Slot {
  /// The slot as a trajectory lists it.
  fileprivate var traced: Trajectory.Slot {
    Trajectory.Slot(
      name: name, operations: operations.map(\.name),
      learnable: operations.flatMap(\.scalarLabels))
  }

  /// The slot's parameters, as a trajectory records them.
  fileprivate func state(_ relaxation: some Relaxation) -> Trajectory.SlotState {
    let alpha = weights.scalars
    let means = relaxation.meanWeights(alive.map { alpha[$0] })
    var weights = [Float](repeating: 0, count: operations.count)
    for (index, mean) in zip(alive, means) { weights[index] = Float(mean) }
    return Trajectory.SlotState(
      alpha: alpha.map { Float($0) },
      concentration: relaxation.concentrations(alpha).map { Float($0) },
      weights: weights,
      mask: operations.indices.map(alive.contains),
      scalars: meanScalars.map { Float($0) })
  }
}
