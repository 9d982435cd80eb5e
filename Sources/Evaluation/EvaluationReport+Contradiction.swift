import Networks
import Statistics
import Trials

/// What a report without a checksum must fulfill: its numbers stand in the trainings' own files
/// too, and its rows sum up its runs.
extension EvaluationReport {
  /// Whether the report says something else than trainings that were found beside it, or than
  /// itself.
  ///
  /// - Parameter trainings: What was found; runs of which nothing was found are believed, and so
  ///   are rows without runs.
  /// - Returns: Whether anything contradicts.
  func contradicts(_ trainings: [(trial: Trial, result: TrialResult)]) -> Bool {
    let hasOtherRun = runs.contains { run in
      let peers = trainings.filter {
        $0.trial.model == run.network && $0.trial.dataset == run.dataset
          && $0.trial.seed == run.seed
      }
      return !peers.isEmpty && !peers.contains { Self.isOutcome($0.result, of: run) }
    }
    return hasOtherRun
      || summary.contains { row in
        let own = runs.filter {
          $0.function == row.function && $0.network == row.network && $0.dataset == row.dataset
        }
        let mean = Sample(own.compactMap { $0.value(of: row.metric ?? .accuracy) }).mean
        return !own.isEmpty && (own.count != row.seeds || !Self.isClose(mean, row.mean))
      }
  }

  private static func isOutcome(_ result: TrialResult, of run: Run) -> Bool {
    result.accuracy == run.testAccuracy && result.loss == run.testLoss
      && result.trainAccuracy == run.trainAccuracy && result.diverged == run.diverged
      && result.elapsedSeconds == run.elapsedSeconds
  }

  /// Whether two means are the same but for the order of additions.
  private static func isClose(_ first: Double?, _ second: Double?) -> Bool {
    guard let first, let second else { return (first == nil) == (second == nil) }
    return abs(first - second) <= 1e-12 * (1 + abs(first))
  }
}
