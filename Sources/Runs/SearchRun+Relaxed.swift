import Files
import Foundation
import Networks
import Reports
import Search
import Traces
import Trials

extension SearchRun {
  /// Does a relaxed search.
  func search<M: Model>(
    _ model: M, _ configuration: BilevelConfiguration, resuming: Bool, compares: Bool?,
    _ signals: StopSignals
  ) throws -> (result: SearchResult, compares: Bool) {
    let data = try SearchData(
      model.examples(of: problem.dataset), task: configuration.task,
      relaxed: configuration.relaxed)
    var search = try BilevelSearch(configuration, model: model, data: data, device: device)
    search.keepTrajectory(in: ColumnStore(in: folder.url))
    var record = try RunRecord(of: self, resuming: resuming, compares: compares)
    if resuming {
      try record.resume(countedBy: "step") { checkpoint, parts throws(CheckpointMismatch) in
        try search.restore(checkpoint, after: parts)
        return search.place
      }
    }
    try record.begin(.relaxed(search.trajectory), at: search.place) {
      try search.checkpoint(after: $0)
    }
    announce(search)
    let before = (steps: search.trajectory.steps.count, seconds: search.elapsedSeconds)
    let outcome: SearchOutcome
    do {
      outcome = try search.run { search, state in
        show(
          state, stepsHere: search.trajectory.steps.count - before.steps,
          seconds: search.elapsedSeconds - before.seconds)
        try record.note(
          .relaxed(state.trajectory), at: search.place, isUrgent: state.isEpochEnd
        ) { try search.checkpoint(after: $0) }
        try signals.check()
      }
    } catch let interruption as Interruption {
      try record.interrupt(.relaxed(search.trajectory), at: search.place) {
        try search.checkpoint(after: $0)
      }
      throw interruption
    } catch {
      record.fail(.relaxed(search.trajectory))
      throw error
    }
    let status: Trace.Status = outcome == .finished ? .finished : .diverged
    try record.end(.relaxed(search.trajectory), status)
    var result = result(status, elapsedSeconds: search.elapsedSeconds)
    if outcome == .finished { try result.take(search) }
    try record.conclude(result)
    return (result, record.compares)
  }

  // MARK: - Progress

  private func announce(_ search: BilevelSearch<some Model>) {
    let (name, split) = (problem.configuration.network, problem.split)
    progress.line(
      "\(name) (\(search.trainer.model.parameterCount) parameters) on "
        + "\(problem.datasetPlace): \(split.training.count) images train the weights, "
        + "\(split.validation.count) the architecture; \(threads)")
    let epochs = search.configuration.recipe.epochs
    progress.line(
      "epochs 0…\(epochs - 1), \(search.stepsPerEpoch) steps each; "
        + "\(search.architecture.operationsAlive) operations; run: \(folder.url.relativePath)")
    if search.schedule.total == 0 {
      progress.line(
        "no epoch drops operations: the strongest operations are chosen after the last epoch")
    }
  }

  /// Shows where the search stands; rates are of the steps since the process began.
  private func show(_ state: SearchProgress, stepsHere: Int, seconds: Double) {
    guard let row = state.trajectory.steps.last else { return }
    let done = row.step + 1
    let steps = state.epochs * state.stepsPerEpoch
    let rate = String(format: "%.0f images/s", Double(stepsHere * state.examplesPerStep) / seconds)
    let left = ProgressReport.clock(seconds: seconds / Double(stepsHere) * Double(steps - done))
    if state.isEpochEnd, let epoch = state.trajectory.epochs.last,
      let genotype = state.trajectory.genotypes.last
    {
      progress.line(
        String(
          format: "epoch %d  train loss %.3f  validation loss %.3f  accuracy %.2f %%  ",
          epoch.epoch, epoch.trainLoss, epoch.validationLoss, 100 * epoch.validationAccuracy)
          + "operations \(row.operationsAlive)  \(rate)  \(left) left  \(genotype.expression)")
    } else if state.plugged > 0 {
      progress.live { "plugging functions into the network: \(state.plugged)" }
    } else {
      progress.live {
        String(
          format: "epoch %d  step %d/%d  train loss %.3f  validation loss %.3f  ",
          row.epoch, done, steps, row.trainLoss, row.validationLoss)
          + "operations \(row.operationsAlive)  \(rate)  \(left) left"
      }
    }
  }
}

extension BilevelSearch {
  /// Where the search stands.
  fileprivate var place: RunCheckpoints.Place {
    RunCheckpoints.Place(steps: trajectory.steps.count, epochs: trajectory.epochs.count)
  }
}
