import Activations
import Networks
import Traces

/// What happened in a search by proposals: the candidates, and which was the best when.
public struct CandidateInspection: Sendable {
  /// The candidates, in the order in which the search was told of them.
  public let rows: [CandidateHistory.Row]
  /// What their values are.
  public let metric: Metric
  /// Those that were the best so far when they came, the last of which is the best of all.
  public let leaders: [CandidateHistory.Row]

  /// Looks at a history.
  init(_ history: CandidateHistory) {
    rows = history.rows
    let metric = Metric(rawValue: history.metric) ?? .accuracy
    self.metric = metric
    var leaders: [CandidateHistory.Row] = []
    for row in history.rows {
      guard let value = row.value else { continue }
      if let best = leaders.last?.value, !Self.isBetter(value, than: best, metric) { continue }
      leaders.append(row)
    }
    self.leaders = leaders
  }

  private static func isBetter(_ value: Double, than other: Double, _ metric: Metric) -> Bool {
    metric.isHigherBetter ? value > other : value < other
  }

  /// The best candidate, the first on ties; nil while every training has diverged.
  public var best: CandidateHistory.Row? { leaders.last }

  /// The candidates, the best first; those that diverged last.
  public var ranking: [CandidateHistory.Row] {
    rows.sorted { left, right in
      guard let first = left.value else { return right.value == nil && left.number < right.number }
      guard let second = right.value else { return true }
      if first == second { return left.number < right.number }
      return Self.isBetter(first, than: second, metric)
    }
  }

  /// The value of every candidate, NaN of those that diverged.
  public var values: [Double] { rows.map { $0.value ?? .nan } }

  /// The best value once every candidate was known, NaN before there was any.
  public var bestValues: [Double] {
    var best = Double.nan
    return rows.map { row in
      if let value = row.value, best.isNaN || Self.isBetter(value, than: best, metric) {
        best = value
      }
      return best
    }
  }
}

extension CandidateHistory.Row {
  /// The function; nil of a text that says none.
  var placedFunction: PlacedFunction? { try? PlacedFunction(parsing: function) }

  /// The function in short, without limits.
  var formula: String { placedFunction?.formula ?? function }
}
