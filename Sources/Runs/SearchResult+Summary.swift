import Activations
import Files
import Foundation
import Networks
import Reports
import Traces

extension SearchResult {
  /// The outcome at a glance.
  ///
  /// - Parameter folder: Where the run lies.
  /// - Returns: A table, a line for each fact.
  public func summary(folder: RunFolder) -> String {
    var table = TextTable("outcome", status)
    if let functions, evidence == nil {
      for function in functions { table.add("\(function.cell) function", function.expression) }
    } else if let expression {
      table.add("function", expression)
    }
    if let evidence { addRace(evidence, to: &table) }
    if let genotype, evidence == nil { table.add("genotype", genotype) }
    if let validationText, evidence == nil {
      table.add(
        "validation \(usedMetric.title)", validationText + (comparisonText.map { ", \($0)" } ?? ""))
    }
    if let candidates { table.add("candidates", "\(candidates)") }
    let usual = usualElapsedSeconds.map {
      ", \(usualTitle) \(ProgressReport.clock(seconds: $0))"
    }
    let race = evidence.map { ", \($0.timeText(beside: elapsedSeconds))" }
    table.add(
      "time", "search \(ProgressReport.clock(seconds: elapsedSeconds))\(usual ?? race ?? "")")
    table.add("trace", folder.trace.relativePath)
    return table.text
  }

  /// What the race says of the function, and what the search alone had chosen.
  private func addRace(_ evidence: RaceEvidence, to table: inout TextTable) {
    guard let verdict = evidence.verdict, let winner = evidence.winner else {
      return table.add("race", "every training diverged")
    }
    table.add(
      "winner of", "\(evidence.arms.count) functions (\(RaceEvidence.source(of: winner)))")
    for comparison in verdict.comparisons {
      table.add(
        "beside \(evidence.title(of: comparison.arm))", evidence.text(of: comparison))
    }
    if let level = evidence.level, !evidence.courseTexts.isEmpty {
      let words = evidence.courseTexts.map { "\($0.title) \($0.text)" }.joined(separator: ", ")
      table.add(String(format: "loss %.4f", level), words)
    }
    for (title, text) in evidence.costTexts { table.add("cost of \(title)", text) }
    if let number = evidence.searchArm, number != winner.number {
      let own = evidence.arms[number]
      let place = own.place.map { "place \($0)" } ?? "diverged"
      table.add("search alone", "\(own.expression) (\(place))")
    } else if evidence.searchArm == nil, let searchFunction {
      table.add("search alone", "\(searchFunction.formula) (flat or too steep, it did not start)")
    }
  }

  /// By what the model's trainings are compared.
  public var usedMetric: Metric { metric ?? .accuracy }

  /// What the function came to on the validation part, as `usedMetric` has it; nil without a
  /// function.
  public var validationValue: Double? {
    usedMetric == .accuracy ? validationAccuracy : validationLoss
  }

  /// The same in the metric's words.
  public var validationText: String? { validationValue.map { usedMetric.text($0) } }

  /// The same training with the usual activation, such as `with ReLU on the same budget 62.50 %`;
  /// nil if there was none.
  public var comparisonText: String? {
    guard usualActivation != nil else { return nil }
    return "with \(usualTitle) on the same budget \(usualText ?? "diverged")"
  }

  /// What the usual activation came to, as `usedMetric` has it; nil if it diverged, or was not
  /// tried.
  public var usualValue: Double? {
    usedMetric == .accuracy ? usualValidationAccuracy : usualValidationLoss
  }

  /// The same in the metric's words.
  public var usualText: String? { usualValue.map { usedMetric.text($0) } }

  /// What people call the activation that the model usually has.
  public var usualTitle: String {
    let name = usualActivation ?? "the usual activation"
    return Baselines.baseline(named: name)?.title ?? name
  }
}
