import Files
import Networks

/// The report as plain tables, for CSV and HDF5 files: the one place that names their columns.
extension EvaluationReport {
  /// A comparison with the row that it belongs to; of a row without any, the row alone.
  private struct Line {
    let row: Row
    let multiple: Double
    let comparison: Comparison?
  }

  /// A line for each training.
  var runTable: PlainTable {
    typealias Column = PlainTable.Column
    let all = runs.map { ($0, 1) } + chosenRuns
    let runs = all.map(\.0)
    func texts(_ name: String, _ value: (Run) -> String) -> Column {
      .texts(name, runs.map(value))
    }
    func numbers(_ name: String, _ value: (Run) -> Double?) -> Column {
      .numbers(name, runs.map { value($0) ?? Double.nan })
    }
    let columns: [Column] = [
      texts("function", \.function), texts("formula", \.formula), texts("network", \.network),
      texts("dataset", \.dataset), Column.unsigned("seed", runs.map(\.seed)),
      Column.integers("epochs", runs.map { Int64($0.epochs) }),
      numbers("test_accuracy", \.testAccuracy), numbers("test_loss", \.testLoss),
      numbers("train_accuracy", \.trainAccuracy),
      numbers("elapsed_seconds", { $0.elapsedSeconds }),
      Column.integers("diverged", runs.map { $0.diverged ? 1 : 0 }),
    ]
    return PlainTable(
      name: "runs", columns: columns + rateColumns(all.map(\.1), same: self.runs.count))
  }

  /// A line for each comparison, and one for each function that is compared with nothing.
  var summaryTable: PlainTable {
    typealias Column = PlainTable.Column
    func lines(_ row: Row, _ multiple: Double) -> [Line] {
      row.comparisons.isEmpty
        ? [Line(row: row, multiple: multiple, comparison: nil)]
        : row.comparisons.map { Line(row: row, multiple: multiple, comparison: $0) }
    }
    let same = summary.flatMap { lines($0, 1) }
    let lines = same + (learningRates?.summary ?? []).flatMap { lines($0, multiple(of: $0)) }
    func texts(_ name: String, _ value: (Line) -> String) -> Column {
      .texts(name, lines.map(value))
    }
    func integers(_ name: String, _ value: (Line) -> Int) -> Column {
      .integers(name, lines.map { Int64(value($0)) })
    }
    func numbers(_ name: String, _ value: (Line) -> Double?) -> Column {
      .numbers(name, lines.map { value($0) ?? Double.nan })
    }
    let columns: [Column] = [
      texts("function", \.row.function), texts("network", \.row.network),
      texts("dataset", \.row.dataset), integers("seeds", \.row.seeds),
      integers("diverged", \.row.diverged), numbers("mean", \.row.mean),
      numbers("standard_deviation", \.row.standardDeviation), numbers("median", \.row.median),
      texts("baseline", { $0.comparison?.baseline ?? "" }),
      integers("compared_seeds", { $0.comparison?.seeds ?? 0 }),
      integers("paired", { $0.comparison?.paired == true ? 1 : 0 }),
      numbers("difference", { $0.comparison?.difference }),
      numbers("interval_low", { $0.comparison?.interval?.first }),
      numbers("interval_high", { $0.comparison?.interval?.last }),
      numbers("p", { $0.comparison?.p }), numbers("p_adjusted", { $0.comparison?.pAdjusted }),
      texts("verdict", { $0.comparison?.verdict.rawValue ?? "" }),
      texts("metric", { ($0.row.metric ?? .accuracy).rawValue }),
    ]
    // Only where trainings were scored after every epoch.
    let hasEpochs = lines.contains { $0.comparison?.epochsToLevel != nil }
    let epochs = [
      numbers("level", { $0.comparison?.epochsToLevel?.level }),
      numbers(
        "epochs_to_level",
        { $0.comparison?.epochsToLevel.map { $0.epochs.map(Double.init) ?? .infinity } }),
    ]
    return PlainTable(
      name: "summary",
      columns: columns + (hasEpochs ? epochs : [])
        + rateColumns(lines.map(\.multiple), same: same.count))
  }

  /// A line for each function and multiple of the learning rate; nil where there was no choice.
  var rateTable: PlainTable? {
    guard let choices = learningRates?.choices else { return nil }
    let lines = choices.flatMap { choice in choice.tried.map { (choice, $0) } }
    typealias Column = PlainTable.Column
    return PlainTable(
      name: "learning_rates",
      columns: [
        .texts("function", lines.map(\.0.function)), .texts("network", lines.map(\.0.network)),
        .texts("dataset", lines.map(\.0.dataset)), .numbers("multiple", lines.map(\.1.multiple)),
        .integers("seeds", lines.map { Int64($0.1.seeds) }),
        .integers("diverged", lines.map { Int64($0.1.diverged) }),
        .numbers("validation_mean", lines.map { $0.1.mean ?? .nan }),
        .integers("chosen", lines.map { $0.0.multiple == $0.1.multiple ? 1 : 0 }),
      ])
  }

  /// At which learning rate a line's trainings were done: `same` of the recipe as it is, `best` of
  /// the chosen one, and the multiple; no columns where there was no choice.
  private func rateColumns(_ multiples: [Double], same: Int) -> [PlainTable.Column] {
    guard learningRates != nil else { return [] }
    return [
      .texts("learning_rate", multiples.indices.map { $0 < same ? "same" : "best" }),
      .numbers("multiple", multiples),
    ]
  }

  /// The schema that HDF5 files name.
  public static let schema = "grafs-evaluation"
}
