import Foundation
import Reports

extension InspectionText {
  /// The values over the candidates.
  var candidateSeries: Section {
    guard let candidates = inspection.candidates, candidates.rows.count > 1 else {
      return Section(lines: [], rank: 0)
    }
    let metric = candidates.metric
    let heading = "over \(candidates.rows.count) candidates".padding(
      toLength: 24, withPad: " ", startingAt: 0)
    var lines = [painted(heading + "first" + String(repeating: " ", count: 42) + "last", .bold)]
    for (name, values) in [
      ("best \(metric.title)", candidates.bestValues), (metric.title, candidates.values),
    ] where values.contains(where: \.isFinite) {
      let ends = [values.first(where: \.isFinite), values.last(where: \.isFinite)].map {
        $0.map { metric.text($0) } ?? "–"
      }
      lines.append(
        "  " + name.padding(toLength: 18, withPad: " ", startingAt: 0) + Self.right(ends[0], 9)
          + "  " + painted(Sparkline.text(values, width: 34), .cyan) + "  "
          + Self.right(ends[1], 9))
    }
    return Section(lines: lines, rank: 3)
  }

  /// The best candidates, at most twelve.
  var candidateTable: Section {
    guard let candidates = inspection.candidates, !candidates.rows.isEmpty else {
      return Section(lines: [], rank: 0)
    }
    let shown = candidates.ranking.prefix(12)
    let title = candidates.metric.title.padding(toLength: 10, withPad: " ", startingAt: 0)
    var lines = [painted("candidate  \(title)    loss     time  function", .bold)]
    for row in shown {
      let start =
        [
          Self.right("\(row.number)", 9),
          Self.right(row.value.map { candidates.metric.text($0) } ?? "diverged", 10),
          Self.right(row.loss.map { String(format: "%.3f", $0) } ?? "–", 6),
          Self.right(ProgressReport.clock(seconds: row.elapsedSeconds), 7),
        ].joined(separator: "  ") + "  "
      lines.append(
        start
          + TerminalText.cut(TerminalText.harmless(row.formula), to: Self.width - start.count))
    }
    if shown.count < candidates.rows.count {
      lines.append(
        painted(
          "  the best \(shown.count) of \(candidates.rows.count); --csv candidates prints all",
          .dim))
    }
    return Section(lines: lines, rank: 6)
  }
}
