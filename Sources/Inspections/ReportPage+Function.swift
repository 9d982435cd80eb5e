import Evaluation
import Files
import Foundation
import Networks
import Reports

extension ReportPage {
  /// The curves of all epochs, as a script needs them.
  private struct Curves: Encodable {
    struct Function: Encodable {
      let curves, slopes, expressions: [String]
    }
    let epochs: [Int]
    let functions: [Function]
  }

  /// At most so many epochs are in the page, and so many paths.
  private static let mostEpochs = 60
  private static let mostPaths = 400

  /// The function's curve, and how it came about.
  func functionSection(_ plots: InspectionPlots) -> String {
    let functions = inspection.functions.filter { !$0.epochs.isEmpty && $0.points.count > 1 }
    guard let first = functions.first else { return "" }
    let limit = max(8, min(Self.mostEpochs, Self.mostPaths / (2 * functions.count)))
    let shown = InspectionText.spread(over: first.epochs.count, limit: limit)
    let drawn = functions.map { function in
      plots.curve(function, epoch: function.epochs.count - 1, morphs: true)
    }
    let figures = zip(functions, drawn).enumerated().map { index, pair in
      let (function, plot) = pair
      let name = function.title.isEmpty ? "The function" : "The function of \(function.title)"
      let expression = function.expressions.last ?? ""
      return "<figure>\n"
        + plot.drawing("f\(index)").element(title: "\(name): \(expression)", style: "plot function")
        + "<figcaption><code class=\"expression\">\(Self.escaped(expression))</code></figcaption>\n"
        + "</figure>\n"
    }
    let curves = Curves(
      epochs: shown.map { first.epochs[$0] },
      functions: zip(functions, drawn).map { function, plot in
        let frame = plot.frame
        return Curves.Function(
          curves: shown.map { frame.outline(function.line($0), decimals: 2) },
          slopes: shown.map { frame.outline(function.slope($0), decimals: 2) },
          expressions: shown.map { function.expressions[$0] })
      })
    let last = shown.count - 1
    let slider =
      shown.count < 2
      ? ""
      : """
      <div class="controls scripted">
      <button type="button" id="play">Play</button>
      <label for="epoch">after \(inspection.unit)</label>
      <input type="range" id="epoch" min="0" max="\(last)" value="\(last)" step="1">
      <output id="epoch-shown" for="epoch">\(curves.epochs[last])</output>
      </div>

      """
    let frames =
      inspection.candidates == nil
      ? "strongest discrete function after each epoch" : "best candidate so far"
    return section(
      "function", functions.count == 1 ? "The function" : "The functions",
      slider + "<div class=\"grid \(functions.count == 1 ? "pair" : "wide")\">\n"
        + figures.joined() + (functions.count == 1 ? choices : "") + "</div>\n"
        + "<p class=\"note\">The \(frames), its operations bounded as in the search. The slope is "
        + "taken by differences of the recorded points.</p>\n"
        + "<script type=\"application/json\" id=\"curves\">\(Self.embedded(curves))</script>\n"
    )
  }

  /// Which operations the function is made of, and by how much they won.
  private var choices: String {
    guard inspection.candidates == nil else { return "" }
    let rows = inspection.slots.map { slot in
      [
        slot.name, slot.chosen ?? "–",
        slot.ranking.first { $0.name != slot.chosen }?.name ?? "–", "\(slot.leadChanges)",
      ]
    }
    return table(["slot", "operation", "runner-up", "#changes of lead"], rows)
  }

  /// JSON that cannot end the element it stands in.
  private static func embedded(_ value: some Encodable) -> String {
    let text = (try? SortedJSON.part(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    return text.replacingOccurrences(of: "<", with: "\\u003c")
      .replacingOccurrences(of: "&", with: "\\u0026")
  }

  /// The function beside others on test images, where that was measured.
  var baselineSection: String {
    guard let evaluation = inspection.evaluation, !evaluation.summary.isEmpty else { return "" }
    let rows = evaluation.summary + evaluation.rowsAtChosenRates
    let scores = rows.map { score($0) }
    // Only where trainings were scored after every epoch.
    let hasEpochs = rows.contains { $0.comparisons.contains { $0.epochsToLevel != nil } }
    let pairs = rows.flatMap { row in
      row.comparisons.map { comparison in
        difference(comparison, of: row)
          + (hasEpochs ? [comparison.epochsToLevel?.text ?? "–"] : [])
      }
    }
    let metrics = Set(evaluation.summary.map(\.words))
    let unit = metrics == [.accuracy] ? " %" : ""
    var text = table(
      ["function", "network", "data", "#seeds"] + ["#mean\(unit)", "#median\(unit)", "#diverged"],
      scores)
    if !pairs.isEmpty {
      let units = metrics.map(\.unitOfDifferences).sorted().joined(separator: " or ")
      text += "<h3>Differences, in \(units)</h3>\n"
      text += table(
        ["functions", "on", "#seeds", "#difference", "interval", "#adjusted p", "verdict"]
          + (hasEpochs ? ["#epochs to the other's end"] : []), pairs)
    }
    if !evaluation.isComplete {
      text += "<p class=\"note\">Some trainings are still to be done.</p>\n"
    }
    return section("baselines", "On test images", text)
  }

  private func score(_ row: EvaluationReport.Row) -> [String] {
    let mean = row.mean.map { row.words.number($0, deviation: row.standardDeviation) } ?? "–"
    let median = row.median.map { row.words.number($0) } ?? "–"
    return [
      row.function, row.network, row.dataset, "\(row.seeds)", mean, median, "\(row.diverged)",
    ]
  }

  private func difference(
    _ other: EvaluationReport.Comparison, of row: EvaluationReport.Row
  ) -> [String] {
    let seeds = other.paired ? "\(other.seeds)" : "\(other.seeds), unpaired"
    let p = other.pAdjusted.map { String(format: "%.3g", $0) } ?? "–"
    return [
      "\(row.function) beside \(other.baseline)", "\(row.network), \(row.dataset)", seeds,
      row.differenceText(of: other), row.intervalText(of: other), p, other.verdict.rawValue,
    ]
  }
}
