import Foundation
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
    if let validationAccuracy {
      let relu = reluValidationAccuracy.map(Self.percent) ?? "diverged"
      table.add(
        "validation accuracy",
        "\(Self.percent(validationAccuracy)), with ReLU on the same budget \(relu)")
    }
    let relu = reluElapsedSeconds.map { ", ReLU \(ProgressReport.clock(seconds: $0))" } ?? ""
    table.add("time", "search \(ProgressReport.clock(seconds: elapsedSeconds))\(relu)")
    table.add("trace", folder.trace.relativePath)
    return table.text
  }

  /// A part of one as percent, with two decimals.
  public static func percent(_ part: Double) -> String {
    String(format: "%.2f %%", 100 * part)
  }
}
