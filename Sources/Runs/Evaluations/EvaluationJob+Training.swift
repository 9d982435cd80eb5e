import Activations
import Datasets
import Evaluation
import Foundation
import Networks
import Reports
import Tensors

extension EvaluationJob {
  /// Trains, and scores the network on the test images.
  ///
  /// - Parameters:
  ///   - dataset: The job's data set.
  ///   - team: The threads to compute on; the result does not depend on it.
  ///   - progress: Where to show progress.
  ///   - check: Is called after every step; what it throws ends the training.
  /// - Returns: The result.
  /// - Throws: `RunFolder.Failure` if the images are not those of the job, what `check` throws.
  func run(
    on dataset: ImageDataset, team: ThreadTeam, progress: ProgressReport, check: () throws -> Void
  ) throws -> EvaluationResult {
    guard let entry = NetworkCatalog.entry(named: network), dataset.digest == images else {
      throw RunFolder.Failure(
        description: "\(dataset.name): its images have changed since the evaluation began; "
          + "give the same command again")
    }
    var stream = RandomStream(seed: seed, purpose: "initialization")
    return try run(
      entry.make(dataset.channels, dataset.classes, &stream),
      batches: EvaluationBatches(
        dataset, trainImages: trainImages, batchSize: recipe.batchSize, seed: seed),
      team: team, progress: progress, check: check)
  }

  private func run(
    _ network: some ImageClassifier, batches: EvaluationBatches, team: ThreadTeam,
    progress: ProgressReport, check: () throws -> Void
  ) throws -> EvaluationResult {
    let start = ContinuousClock.now
    let grid = CurveGrid()
    let function = try EvaluatedFunction(formula, bound: bound)
    let functionOfSite = try function.functionOfSite(network.activationSites)
    var training = Training(network, recipe: recipe, batches: batches.training, team: team) {
      function.activation(functionOfSite, grid: grid, on: $0)
    }
    var result = EvaluationResult(self)
    var score: Score?
    let isFinite = try training.run { training, state in
      try check()
      show(state, seconds: (ContinuousClock.now - start) / .seconds(1), progress: progress)
      guard state.isEpochEnd, state.score.loss.isFinite else { return }
      result.trainAccuracy = state.score.accuracy
      if testsEveryEpoch {
        let scored = training.score(on: batches.test)
        result.testAccuracyByEpoch?.append(scored.accuracy)
        score = scored
      }
    }
    if isFinite {
      let score = score ?? training.score(on: batches.test)
      result.testAccuracy = score.accuracy
      result.testLoss = score.loss.isFinite ? score.loss : nil
    } else {
      result.diverged = true
      result.trainAccuracy = nil
    }
    result.elapsedSeconds = (ContinuousClock.now - start) / .seconds(1)
    return result
  }

  /// What the job is about, for lines of progress.
  var title: String { "\(function) on \(network), \(dataset), seed \(seed)" }

  private func show<Network>(
    _ state: Training<Network>.Progress, seconds: Double, progress: ProgressReport
  ) {
    let text = {
      String(
        format: "%@: epoch %d  step %d/%d  train loss %.3f  accuracy %.2f %%  %.0f images/s",
        title, state.epoch, state.step, state.steps, state.score.loss, 100 * state.score.accuracy,
        Double(state.step * state.imagesPerStep) / seconds)
    }
    if state.isEpochEnd { progress.line(text()) } else { progress.live(text) }
  }
}
