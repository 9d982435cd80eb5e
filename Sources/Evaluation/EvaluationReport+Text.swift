import Foundation
import Networks
import Reports

extension EvaluationReport {
  /// The width of the terminal that the tables are made for.
  private static let width = 80

  /// The report for a reader: a table of values for each network and data set, and the differences
  /// to the baselines.
  public var text: String {
    let tables = tables
    return tables.indices.map { index in
      "\(tables[index][0].network) on \(tables[index][0].dataset)\n\n" + tableText(of: index)
    }.joined(separator: "\n") + rateText
  }

  /// A table without its head: values and differences.
  func tableText(of index: Int) -> String {
    let rows = tables[index]
    let missing =
      rows.allSatisfy { $0.comparisons.isEmpty } && !isComplete
      ? "not complete: differences are tested when all trainings are done\n" : ""
    return values(rows) + missing + differences(rows)
  }

  /// The rows of each network and data set.
  var tables: [[Row]] {
    var tables: [[Row]] = []
    for row in summary {
      if let last = tables.last?.last, last.network == row.network, last.dataset == row.dataset {
        tables[tables.count - 1].append(row)
      } else {
        tables.append([row])
      }
    }
    return tables
  }

  private func values(_ rows: [Row]) -> String {
    let metric = rows[0].metric ?? .accuracy
    var parts = rows.map { row in
      [
        row.function, row.diverged > 0 ? "\(row.seeds), \(row.diverged) diverged" : "\(row.seeds)",
        row.mean.map { metric.number($0, deviation: row.standardDeviation) } ?? "diverged",
        row.median.map { metric.number($0) } ?? "–",
        runs.filter { Self.belongs($0, to: row) }
          .map { $0.value(of: metric).map { metric.number($0) } ?? "–" }.joined(separator: " "),
      ]
    }
    parts.insert(["function", "seeds", metric.head, "median", "of each seed"], at: 0)
    let widths = (0..<5).map { column in parts.map { $0[column].count }.max() ?? 0 }
    // The name gives way first, then the single seeds, which the other outputs have as well.
    let others = widths[1...3].reduce(0, +) + 6
    let hasSeeds = Self.width - others - widths[4] - 2 >= min(widths[0], 24)
    let room = Self.width - others - (hasSeeds ? widths[4] + 2 : 0)
    return parts.map { part in
      let cells = [Self.shortened(part[0], to: room)] + part[1...(hasSeeds ? 4 : 3)]
      return Self.line(cells, widths: [min(widths[0], room)] + widths[1...])
    }.joined() + "\n"
  }

  private func differences(_ rows: [Row]) -> String {
    let compared = rows.filter { !$0.comparisons.isEmpty }
    if compared.isEmpty { return "" }
    let count = compared.flatMap(\.comparisons).count { $0.p != nil }
    guard count > 0 else {
      return "differences are not tested: that takes two seeds or more that differ\n"
    }
    let metric = rows[0].metric ?? .accuracy
    let test =
      count == 1
      ? "a two-sided t test.\n"
      : "two-sided t tests,\nafter Holm's correction for \(count) comparisons.\n"
    let head = "Differences in \(metric.unitOfDifferences), with 95 % intervals; p of \(test)"
    return head
      + compared.map { row in
        var table = TextTable("  baseline", "difference", "interval", "p", "pairs", "verdict")
        for comparison in row.comparisons {
          table.add(
            "  " + Self.shortened(comparison.baseline, to: 16),
            comparison.difference.map(metric.signed) ?? "–",
            comparison.interval.map { "\(metric.signed($0[0])) to \(metric.signed($0[1]))" } ?? "–",
            comparison.pAdjusted.map(Self.probability) ?? "–",
            comparison.paired ? "\(comparison.seeds)" : "none", comparison.verdict.rawValue)
        }
        return "\n\(row.function)\n" + table.text
      }.joined() + epochs(compared)
  }

  /// How soon functions were as good as baselines at their end; empty where nobody knows.
  private func epochs(_ rows: [Row]) -> String {
    let lines = rows.flatMap { row in
      row.comparisons.compactMap { comparison in
        comparison.epochsToLevel.map { (row.function, comparison.baseline, $0.text) }
      }
    }
    if lines.isEmpty { return "" }
    var table = TextTable("  function", "as good as at its end", "after epochs")
    for (function, baseline, text) in lines {
      table.add("  " + Self.shortened(function, to: 28), Self.shortened(baseline, to: 28), text)
    }
    return "\nEpochs after which the mean was as good as a baseline's at its end\n" + table.text
  }

  private static func belongs(_ run: Run, to row: Row) -> Bool {
    run.function == row.function && run.network == row.network && run.dataset == row.dataset
  }

  private static func line(_ cells: [String], widths: [Int]) -> String {
    zip(cells, widths).enumerated().map { index, pair in
      index == cells.count - 1
        ? pair.0 : pair.0 + String(repeating: " ", count: max(0, pair.1 - pair.0.count))
    }.joined(separator: "  ") + "\n"
  }

  private static func shortened(_ text: String, to width: Int) -> String {
    text.count <= width ? text : String(text.prefix(max(1, width - 1))) + "…"
  }

  private static func probability(_ p: Double) -> String {
    p < 0.0001 ? "<0.0001" : String(format: "%.4f", p)
  }
}
