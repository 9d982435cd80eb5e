import Activations
import Files
import Foundation
import Networks
import Reports

extension SearchResult {
  /// The outcome at a glance.
  ///
  /// - Parameter folder: Where the run lies.
  /// - Returns: A table, a line for each fact.
  public func summary(folder: RunFolder) -> String {
    var table = TextTable("outcome", status)
    if let functions {
      for function in functions { table.add("\(function.cell) function", function.expression) }
    } else if let expression {
      table.add("function", expression)
    }
    if let genotype { table.add("genotype", genotype) }
    if let validationText {
      table.add(
        "validation \(usedMetric.title)", validationText + (comparisonText.map { ", \($0)" } ?? ""))
    }
    if let candidates { table.add("candidates", "\(candidates)") }
    let usual = usualElapsedSeconds.map {
      ", \(usualTitle) \(ProgressReport.clock(seconds: $0))"
    }
    table.add(
      "time", "search \(ProgressReport.clock(seconds: elapsedSeconds))\(usual ?? "")")
    table.add("trace", folder.trace.relativePath)
    return table.text
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
