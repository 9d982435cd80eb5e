import Activations
import Files
import Foundation
import Search
import Traces
import Trials

extension SearchRun {
  /// Says that a training is repeated.
  func warn(of file: URL) {
    progress.warning("\(file.relativePath): is damaged; its training is done again")
  }

  /// Trains the peer of a result: the same initial weights, batches and learning rates, with the
  /// activation that such models usually have. A trial, like that of a candidate.
  ///
  /// - Returns: The result with what came of it, as written; unchanged if there is no function to
  ///   compare, or that was done.
  func compared(_ result: SearchResult, _ signals: StopSignals) throws -> SearchResult {
    guard result.status == Trace.Status.finished.rawValue, result.usualActivation == nil else {
      return result
    }
    let task = problem.configuration.search.task
    let usual = problem.model.usualActivation
    let trial = Trial(
      PlacedFunction(.init(of: usual)), at: problem.place, scored: .train(problem.split.validation),
      recipe: task.recipe, seed: task.seed)
    let store = TrialStore(folder.trials)
    try store.prepare(isOwn: true)
    let outcome = try problem.runner(device: device, progress: progress, signals).results(
      of: [trial], in: store, damage: warn(of:))[0]
    var result = result
    result.usualActivation = usual.name
    result.usualValidationAccuracy = outcome.accuracy
    result.usualValidationLoss = outcome.loss
    result.usualElapsedSeconds = outcome.elapsedSeconds
    progress.line(
      "\(result.usualTitle) on the same budget: validation \(outcome.metric.title) "
        + (outcome.value.map { outcome.metric.text($0) } ?? "none, it diverged"))
    try folder.write(result.json(), to: folder.result)
    store.removeCheckpoints(except: [])
    return result
  }
}
