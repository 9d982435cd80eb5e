import Datasets
import Files
import Foundation
import Networks
import Reports
import Tensors
import Training

extension Trial {
  /// What a trial in this process needs besides itself; none of it changes the result.
  public struct Surroundings {
    /// The models and data sets that it may name.
    public var catalog: TrialCatalog
    /// What to compute on.
    public var device: Device
    /// Where checkpoints go, which stay until the result has been written.
    public var store: TrialStore
    /// Whether the trained weights are kept beside the result; those of a training that diverged
    /// are not.
    public var savesWeights: Bool
    /// Where to show progress.
    public var progress: ProgressReport
    /// Is called after every step; what it throws ends the training, which goes on another time.
    public var check: () throws -> Void

    /// Names them.
    public init(
      catalog: TrialCatalog, device: Device, store: TrialStore, savesWeights: Bool = false,
      progress: ProgressReport, check: @escaping () throws -> Void = {}
    ) {
      self.catalog = catalog
      self.device = device
      self.store = store
      self.savesWeights = savesWeights
      self.progress = progress
      self.check = check
    }
  }

  /// Trains, from the last checkpoint if there is one, and scores the model.
  ///
  /// - Parameters:
  ///   - examples: The trial's data set.
  ///   - surroundings: Models, device, store.
  /// - Returns: The result.
  /// - Throws: `RunError` if the examples are not those of the trial, `ModelMismatch` or
  ///   `DatasetError` if the model does not take them, `WeightFileError` if the weights cannot be
  ///   written, and what `check` throws, after a checkpoint if that is an `Interruption`.
  public func run(
    on examples: any Dataset, _ surroundings: Surroundings
  ) throws -> TrialResult {
    guard examples.digest == data else {
      throw RunError(
        "\(dataset): its examples have changed since the work began",
        cure: "give the same command again")
    }
    let entry = try surroundings.catalog.model(named: model)
    return try run(entry.make(for: examples.shape, seed: seed), on: examples, surroundings)
  }

  private func run(
    _ model: some Model, on dataset: any Dataset, _ surroundings: Surroundings
  ) throws -> TrialResult {
    let examples = try model.examples(of: dataset)
    let scoring = try examples.scoring(scored)
    var checkpoints = TrialCheckpoints(self, in: surroundings.store.checkpoints(of: self))
    var result = TrialResult(metric: model.metric)
    if scoresEveryEpoch { (result.valueByEpoch, result.lossByEpoch) = ([], []) }
    var training = TrainingLoop(
      model, recipe: recipe,
      batches: try examples.batches(
        of: 0..<trainCount, size: recipe.batchSize, seed: seed, purpose: "training"),
      seed: seed, device: surroundings.device,
      activation: try function.activation(at: model.activationSites))
    checkpoints.restore(&training, result: &result, progress: surroundings.progress)
    let begun = (step: training.step, seconds: training.elapsedSeconds)
    /// Of the last epoch, which is that of the trained model.
    var lastScore: Score?
    if begun.step > 0 {
      surroundings.progress.line("\(title): goes on after step \(begun.step)")
    }
    do {
      result.diverged = try !training.run { training, state in
        if state.isEpochEnd, state.score.loss.isFinite {
          result.trainAccuracy = state.score.accuracy
          if scoresEveryEpoch {
            let score = training.score(on: scoring)
            lastScore = score
            let value = model.metric.value(of: score)
            result.valueByEpoch?.append(value.isFinite ? value : nil)
            result.lossByEpoch?.append(score.loss.isFinite ? score.loss : nil)
          }
        }
        show(
          state, metric: model.metric,
          rate: Double((state.step - begun.step) * state.examplesPerStep)
            / (training.elapsedSeconds - begun.seconds), on: surroundings.progress)
        try surroundings.check()
        if checkpoints.isDue { try checkpoints.write(training, result: result) }
      }
    } catch let interruption as Interruption {
      try checkpoints.write(training, result: result)
      throw interruption
    }
    let start = ContinuousClock.now
    let score = result.diverged ? nil : lastScore ?? training.score(on: scoring)
    // The last step's losses were finite, and its weights are not.
    if let score, !score.loss.isNaN {
      if surroundings.savesWeights {
        try training.writeWeights(to: surroundings.store.weights(of: self), facts: facts)
      }
      result.accuracy = score.accuracy
      result.loss = score.loss.isFinite ? score.loss : nil
    } else {
      result.diverged = true
      result.trainAccuracy = nil
    }
    result.elapsedSeconds =
      training.elapsedSeconds + (ContinuousClock.now - start) / .seconds(1)
    return result
  }

  /// What a file of weights says about its origin.
  private var facts: [String: String] {
    [
      "network": model, "dataset": dataset, "function": function.text, "seed": "\(seed)",
      "epochs": "\(recipe.epochs)",
    ]
  }

  /// What the trial is about, for lines of progress.
  public var title: String { "\(function) on \(model), \(dataset), seed \(seed)" }

  private func show<M: Model>(
    _ state: TrainingLoop<M>.Progress, metric: Metric, rate: Double, on progress: ProgressReport
  ) {
    let text = {
      let value = "\(metric.title) \(metric.text(metric.value(of: state.score)))"
      return "\(title): epoch \(state.epoch)  step \(state.step)/\(state.steps)  "
        + String(format: "train loss %.3f  %@  %.0f examples/s", state.score.loss, value, rate)
    }
    if state.isEpochEnd { progress.line(text()) } else { progress.live(text) }
  }
}
