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
}
