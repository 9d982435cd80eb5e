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
      return !peers.isEmpty
        && !peers.contains {
          $0.trial.recipe.epochs == run.epochs && Self.isOutcome($0.result, of: run)
        }
    }
    return hasOtherRun || summary.contains { !sumsUp($0) }
      || hasOtherComparisons
  }

  /// The values of a function's runs on a network and data set, in the order of the seeds.
  private func values(of function: String, like row: Row, seeds: [UInt64]) -> [Double?] {
    let own = runs.filter {
      $0.function == function && $0.network == row.network && $0.dataset == row.dataset
    }
    return seeds.map { seed in
      own.first { $0.seed == seed }?.value(of: row.metric ?? .accuracy)
    }
  }

  /// Whether a row is what its runs come to; one without runs is believed.
  private func sumsUp(_ row: Row) -> Bool {
    let own = runs.filter {
      $0.function == row.function && $0.network == row.network && $0.dataset == row.dataset
    }
    guard !own.isEmpty else { return true }
    let sample = Sample(own.compactMap { $0.value(of: row.metric ?? .accuracy) })
    return own.count == row.seeds && own.count(where: \.diverged) == row.diverged
      && Self.isClose(sample.mean, row.mean) && Self.isClose(sample.median, row.median)
      && Self.isClose(sample.standardDeviation, row.standardDeviation)
  }

  /// Whether comparisons are other ones than those of the runs; of a table of which runs are
  /// missing they are believed.
  private var hasOtherComparisons: Bool {
    let tables = Dictionary(grouping: summary) { [$0.network, $0.dataset] }
    return tables.values.contains { rows in
      let first = rows[0]
      let seeds = Set(
        runs.filter { $0.network == first.network && $0.dataset == first.dataset }.map(\.seed)
      ).sorted()
      guard rows.allSatisfy({ $0.seeds == seeds.count }), !seeds.isEmpty else { return false }
      let pairs = rows.map { row in
        row.comparisons.map { comparison in
          EvaluationTable.Pair(
            baseline: comparison.baseline, own: values(of: row.function, like: row, seeds: seeds),
            other: values(of: comparison.baseline, like: row, seeds: seeds))
        }
      }
      let anew = EvaluationTable.comparisons(pairs, metric: first.metric ?? .accuracy)
      return zip(rows, anew).contains { row, anew in
        !zip(row.comparisons, anew).allSatisfy(Self.isSame)
      }
    }
  }

  private static func isSame(_ first: Comparison, _ second: Comparison) -> Bool {
    let ends = [first, second].map { $0.interval ?? [] }
    return first.seeds == second.seeds && first.paired == second.paired
      && first.verdict == second.verdict && isClose(first.difference, second.difference)
      && isClose(first.p, second.p) && isClose(first.pAdjusted, second.pAdjusted)
      && ends[0].count == ends[1].count
      && zip(ends[0], ends[1]).allSatisfy { isClose($0, $1) }
  }

  private static func isOutcome(_ result: TrialResult, of run: Run) -> Bool {
    result.accuracy == run.testAccuracy && result.loss == run.testLoss
      && result.trainAccuracy == run.trainAccuracy && result.diverged == run.diverged
      && result.elapsedSeconds == run.elapsedSeconds
  }

  /// Whether two numbers are the same but for the order of additions.
  private static func isClose(_ first: Double?, _ second: Double?) -> Bool {
    guard let first, let second else { return (first == nil) == (second == nil) }
    return abs(first - second) <= 1e-9 * abs(first) + 1e-12
  }
}
