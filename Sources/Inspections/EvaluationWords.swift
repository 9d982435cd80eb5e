import Foundation

/// Scores and comparisons in words.
enum EvaluationWords {
  /// Such as `5 seeds, 2 of 5 diverged`.
  static func seeds(_ row: EvaluationSummary.Row) -> String {
    let seeds = row.seeds == 1 ? "1 seed" : "\(row.seeds) seeds"
    guard let diverged = row.diverged, diverged > 0 else { return seeds }
    return "\(seeds), \(diverged) of \(row.seeds) diverged"
  }

  /// Such as `+0.42 points (0.10 … 0.74), p 0.012, better`.
  static func text(_ comparison: EvaluationSummary.Comparison) -> String {
    var words: [String] = []
    if comparison.difference != nil {
      let interval = interval(comparison)
      words.append("\(difference(comparison)) points" + (interval.isEmpty ? "" : " \(interval)"))
    }
    if comparison.paired == false { words.append("unpaired") }
    if let p = comparison.pAdjusted ?? comparison.p {
      words.append(String(format: comparison.pAdjusted == nil ? "p %.3g" : "adjusted p %.3g", p))
    }
    if let verdict = comparison.verdict { words.append(verdict) }
    return words.isEmpty ? "not known" : words.joined(separator: ", ")
  }

  /// The difference in percentage points, with its sign.
  static func difference(_ comparison: EvaluationSummary.Comparison) -> String {
    guard let difference = comparison.difference else { return "–" }
    return signed(100 * difference)
  }

  /// The interval in percentage points; empty if there is none.
  static func interval(_ comparison: EvaluationSummary.Comparison) -> String {
    guard let interval = comparison.interval, interval.count == 2 else { return "" }
    return "(\(signed(100 * interval[0])) … \(signed(100 * interval[1])))"
  }

  private static func signed(_ value: Double) -> String {
    String(format: "%+.2f", value).replacingOccurrences(of: "-", with: "−")
  }
}
