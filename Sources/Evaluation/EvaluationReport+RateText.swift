import Foundation
import Networks
import Reports

extension EvaluationReport {
  /// The rows at chosen learning rates, functions and baselines with their multiples, such as `relu
  /// × 2`; empty where there was no choice.
  public var rowsAtChosenRates: [Row] {
    guard let rates = learningRates else { return [] }
    return rates.tables.flatMap { table in
      table.map { $0.renamed { rates.name(of: $0, like: table) } }
    }
  }

  /// The tables of chosen learning rates for a reader; empty where there was no choice.
  var rateText: String {
    guard let rates = learningRates else { return "" }
    return rates.tables.map { table in
      "\n\(table[0].network) on \(table[0].dataset), each function at the learning rate that suits "
        + "it,\nchosen by trainings on four fifths of the training images, judged on the rest\n\n"
        + rates.choiceText(like: table) + "\n"
        + EvaluationReport(
          runs: rates.runs.map { $0.renamed(rates.name(of: $0.function, like: table)) },
          summary: table.map { $0.renamed { rates.name(of: $0, like: table) } },
          isComplete: isComplete
        ).tableText(of: 0)
    }.joined()
  }
}

extension EvaluationReport.Rates {
  fileprivate typealias Row = EvaluationReport.Row

  /// The rows of each network and data set.
  fileprivate var tables: [[Row]] {
    EvaluationReport(runs: [], summary: summary, isComplete: true).tables
  }

  /// The choices of a table, in the order in which its functions were given.
  private func choices(like table: [Row]) -> [EvaluationReport.Choice] {
    choices.filter { $0.network == table[0].network && $0.dataset == table[0].dataset }
  }

  /// A function's name with its multiple, such as `relu × 2`.
  fileprivate func name(of function: String, like table: [Row]) -> String {
    let multiple = choices(like: table).first { $0.function == function }?.multiple
    return multiple.map { "\(function) × \(LearningRateMultiples.text(of: $0))" } ?? function
  }

  /// What each multiple came to on the validation part; the chosen one has a star.
  fileprivate func choiceText(like table: [Row]) -> String {
    let metric = table[0].metric ?? .accuracy
    let own = choices(like: table)
    let multiples = own.first?.tried.map { LearningRateMultiples.text(of: $0.multiple) } ?? []
    var text = TextTable(
      ["validation \(metric.unitOfValues)"] + multiples.map { "× \($0)" })
    for choice in own {
      text.add(
        [choice.function]
          + choice.tried.map { tried in
            let mark = tried.multiple == choice.multiple ? " *" : ""
            let failures = tried.diverged > 0 ? ", \(tried.diverged) diverged" : ""
            return (tried.mean.map { metric.number($0) } ?? "–") + failures + mark
          })
    }
    return text.text
  }
}

extension EvaluationReport.Run {
  /// The same training of a function that is called otherwise.
  fileprivate func renamed(_ name: String) -> EvaluationReport.Run {
    var run = self
    run.function = name
    return run
  }
}

extension EvaluationReport.Row {
  /// The same row, whose functions are called otherwise.
  fileprivate func renamed(_ name: (String) -> String) -> EvaluationReport.Row {
    var row = self
    row.function = name(function)
    row.comparisons = comparisons.map { comparison in
      var comparison = comparison
      comparison.baseline = name(comparison.baseline)
      return comparison
    }
    return row
  }
}
