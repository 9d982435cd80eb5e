import Evaluation
import Foundation
import Networks

extension EvaluationReport.Row {
  /// The metric's words, for the row and its comparisons.
  var words: Metric { metric ?? .accuracy }

  /// Such as `91.25 ± 0.25 %`, or `perplexity 4.10 ± 0.02`.
  var meanText: String {
    let text = mean.map { words.number($0, deviation: standardDeviation) } ?? "–"
    return words == .accuracy ? "\(text) %" : "\(words.title) \(text)"
  }

  /// Such as `5 seeds, 2 of 5 diverged`.
  var seedsText: String {
    let text = seeds == 1 ? "1 seed" : "\(seeds) seeds"
    return diverged > 0 ? "\(text), \(diverged) of \(seeds) diverged" : text
  }

  /// Such as `+0.42 points (+0.10 … +0.74), adjusted p 0.012, better`.
  func text(of comparison: EvaluationReport.Comparison) -> String {
    var parts: [String] = []
    if comparison.difference != nil {
      let interval = intervalText(of: comparison)
      let unit = words == .accuracy ? "points" : "nats"
      parts.append(
        "\(differenceText(of: comparison)) \(unit)" + (interval.isEmpty ? "" : " \(interval)"))
    }
    if !comparison.paired { parts.append("unpaired") }
    if let p = comparison.pAdjusted { parts.append(String(format: "adjusted p %.3g", p)) }
    if let reach = comparison.epochsToLevel {
      parts.append("as good \(reach.phrase)")
    }
    return (parts + [comparison.verdict.rawValue]).joined(separator: ", ")
  }

  /// The difference with its sign; a dash if there is none.
  func differenceText(of comparison: EvaluationReport.Comparison) -> String {
    comparison.difference.map(signed) ?? "–"
  }

  /// The interval of the difference; empty if there is none.
  func intervalText(of comparison: EvaluationReport.Comparison) -> String {
    guard let interval = comparison.interval, interval.count == 2 else { return "" }
    return "(\(signed(interval[0])) … \(signed(interval[1])))"
  }

  private func signed(_ difference: Double) -> String {
    words.signed(difference).replacingOccurrences(of: "-", with: "−")
  }
}
