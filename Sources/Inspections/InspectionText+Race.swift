import Foundation
import Reports
import Runs

extension InspectionText {
  /// The race: how far each function came, and what may be said of the winner.
  var race: Section {
    guard let race = inspection.race, !race.rows.isEmpty else { return Section(lines: [], rank: 0) }
    let counts = race.counts.map(String.init).joined(separator: " → ")
    var lines = [painted("race of \(counts) functions", .bold)]
    if let evidence = inspection.result?.evidence, let verdict = evidence.verdict {
      for comparison in verdict.comparisons {
        let title = "beside \(evidence.title(of: comparison.arm))"
        lines += TerminalText.wrapped(
          TerminalText.harmless("\(title): \(evidence.text(of: comparison))"),
          to: Self.width - 2
        ).map { "  " + $0 }
      }
    }
    lines += verdictTable
    let heads = race.lengths.map { Self.right("\($0)", 8) }.joined(separator: "  ")
    lines.append(painted("place  \(heads)  origin     function", .dim))
    for row in race.rows.prefix(12) {
      let start =
        Self.right(row.place.map(String.init) ?? "–", 5) + "  "
        + race.cells(row).map { Self.right($0, 8) }.joined(separator: "  ") + "  "
        + row.origin.rawValue.padding(toLength: 11, withPad: " ", startingAt: 0)
      lines.append(
        start
          + TerminalText.cut(
            TerminalText.harmless(row.formula), to: max(8, Self.width - start.count)))
    }
    if race.rows.count > 12 {
      lines.append(
        painted(
          "  the best 12 of \(race.rows.count), validation loss by images; --csv race prints all",
          .dim))
    }
    return Section(lines: lines, rank: 2)
  }

  /// How soon each function of the verdict was as good as the usual one, and what it costs.
  private var verdictTable: [String] {
    let rows = inspection.verdictRows
    guard !rows.isEmpty else { return [] }
    let level = inspection.result?.evidence?.level.map { " \(RaceInspection.number($0))" } ?? ""
    let reach = TerminalText.cut("epochs to\(level)", to: 16)
    var lines = [
      painted(
        "  \(reach.padding(toLength: 16, withPad: " ", startingAt: 0))  ns forward  ns training  "
          + "function", .dim)
    ]
    for row in rows {
      let start =
        "  " + (row.reach ?? "–").padding(toLength: 16, withPad: " ", startingAt: 0) + "  "
        + Self.right(row.cost.map { RaceInspection.nanoseconds($0.0) } ?? "–", 10) + "  "
        + Self.right(row.cost.map { RaceInspection.nanoseconds($0.1) } ?? "–", 11) + "  "
      lines.append(
        start
          + TerminalText.cut(TerminalText.harmless(row.title), to: max(8, Self.width - start.count))
      )
    }
    return lines
  }
}
