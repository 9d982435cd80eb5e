import Datasets
import Training
import Foundation
import Networks
import Reports
import Tensors

extension EvaluationJob {
  /// Trains, from the last checkpoint if there is one, and scores the network on the test images.
  ///
  /// - Parameters:
  ///   - dataset: The job's data set.
  ///   - device: The threads to compute on; the result does not depend on it.
  ///   - checkpoints: The folder of the job's checkpoints; there is one after `Interruption`. They stay
  ///     until the result has been written.
  ///   - weights: Where to write the trained weights; nil for nowhere. Those of a training that diverged
  ///     are not written.
  ///   - progress: Where to show progress.
  ///   - check: Is called after every step; what it throws ends the training.
  /// - Returns: The result.
  /// - Throws: `RunFolder.Failure` if the images are not those of the job, `WeightFileError` if the weights
  ///   cannot be written, what `check` throws.
  func run(
    on dataset: any Dataset, device: Device, checkpoints: URL, weights: URL?,
    progress: ProgressReport, check: () throws -> Void
  ) throws -> EvaluationResult {
    guard let entry = ModelCatalog.builtIn.entry(named: network), dataset.digest == images else {
      throw RunFolder.Failure(
        description: "\(dataset.name): its images have changed since the evaluation began; "
          + "give the same command again")
    }
    return try run(
      entry.make(for: dataset.shape, seed: seed), on: dataset,
      device: device, checkpoints: JobCheckpoints(self, in: checkpoints), weights: weights,
      progress: progress, check: check)
  }

  private func run(
    _ model: some Model, on dataset: any Dataset, device: Device,
    checkpoints: JobCheckpoints, weights: URL?, progress: ProgressReport,
    check: () throws -> Void
  ) throws -> EvaluationResult {
    var checkpoints = checkpoints
    var record = JobCheckpoints.Record()
    let examples = try model.examples(of: dataset)
    let test = try examples.scoring(.test)
    var training = TrainingLoop(
      model, recipe: recipe,
      batches: try examples.batches(
        of: 0..<trainImages, size: recipe.batchSize, seed: seed, purpose: "training"),
      seed: seed, device: device,
      activation: try function.activation(at: model.activationSites))
    checkpoints.restore(&training, record: &record, progress: progress)
    let first = (step: training.step, seconds: training.elapsedSeconds)
    if first.step > 0 { progress.line("\(title): goes on after step \(first.step)") }
    var isFinite = false
    do {
      isFinite = try training.run { training, state in
        if state.isEpochEnd, state.score.loss.isFinite {
          record.trainAccuracy = state.score.accuracy
          if testsEveryEpoch {
            record.testAccuracies.append(training.score(on: test).accuracy)
          }
        }
        show(
          state,
          imagesPerSecond: Double((state.step - first.step) * state.examplesPerStep)
            / (training.elapsedSeconds - first.seconds), progress: progress)
        try check()
        if checkpoints.isDue { try checkpoints.write(training, record: record) }
      }
    } catch let interruption as Interruption {
      try checkpoints.write(training, record: record)
      throw interruption
    }
    if let weights, isFinite {
      try training.writeWeights(
        to: weights,
        facts: [
          "network": network, "dataset": self.dataset, "function": function.text,
          "seed": "\(seed)",
          "epochs": "\(recipe.epochs)",
        ])
    }
    return result(of: training, record: record, isFinite: isFinite, test: test)
  }

  private func result<M: Model>(
    of training: TrainingLoop<M>, record: JobCheckpoints.Record, isFinite: Bool,
    test: any Batches<M.Input, M.Targets>
  ) -> EvaluationResult {
    var result = EvaluationResult(self)
    if testsEveryEpoch { result.testAccuracyByEpoch = record.testAccuracies }
    result.diverged = !isFinite
    let start = ContinuousClock.now
    if isFinite {
      let score = training.score(on: test)
      result.testAccuracy = score.accuracy
      result.testLoss = score.loss.isFinite ? score.loss : nil
      result.trainAccuracy = record.trainAccuracy
    }
    result.elapsedSeconds =
      training.elapsedSeconds + (ContinuousClock.now - start) / .seconds(1)
    return result
  }

  /// What the job is about, for lines of progress.
  var title: String { "\(name) on \(network), \(dataset), seed \(seed)" }

  private func show<M: Model>(
    _ state: TrainingLoop<M>.Progress, imagesPerSecond: Double, progress: ProgressReport
  ) {
    let text = {
      String(
        format: "%@: epoch %d  step %d/%d  train loss %.3f  accuracy %.2f %%  %.0f images/s",
        title, state.epoch, state.step, state.steps, state.score.loss, 100 * state.score.accuracy,
        imagesPerSecond)
    }
    if state.isEpochEnd { progress.line(text()) } else { progress.live(text) }
  }
}
