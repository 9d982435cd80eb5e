import Foundation
import Reports
import Traces

extension InspectionText {
  /// A quantity over the steps.
  private struct Row {
    let name: String
    let values: [Double]
    let digits: Int
    /// 100 for a part that is shown in percent.
    var factor = 1.0
  }

  /// Losses, accuracies and operations over the steps.
  var series: Section {
    let steps = inspection.trajectory.steps
    guard steps.count > 1 else { return Section(lines: [], rank: 0) }
    let rows = [
      Row(name: "train loss", values: steps.map { Double($0.trainLoss) }, digits: 3),
      Row(name: "valid. loss", values: steps.map { Double($0.validationLoss) }, digits: 3),
      Row(
        name: "train acc. %", values: steps.map { Double($0.trainAccuracy) }, digits: 1,
        factor: 100),
      Row(
        name: "valid. acc. %", values: steps.map { Double($0.validationAccuracy) }, digits: 1,
        factor: 100),
      Row(name: "operations", values: steps.map { Double($0.operationsAlive) }, digits: 0),
      Row(name: "learning rate", values: steps.map { Double($0.learningRate) }, digits: 4),
    ]
    let heading = "over \(steps.count) steps".padding(toLength: 17, withPad: " ", startingAt: 0)
    var lines = [painted(heading + "first" + String(repeating: " ", count: 49) + "last", .bold)]
    for row in rows where row.values.contains(where: \.isFinite) {
      let first = number(row.values.first(where: \.isFinite) ?? .nan, row)
      let last = number(row.values.last(where: \.isFinite) ?? .nan, row)
      let blocks = Sparkline.text(row.values, width: 46)
      lines.append(
        "  " + row.name.padding(toLength: 13, withPad: " ", startingAt: 0)
          + Self.right(first, 7) + "  " + painted(blocks, .cyan) + "  " + Self.right(last, 7))
    }
    return Section(lines: lines, rank: 3)
  }

  private func number(_ value: Double, _ row: Row) -> String {
    value.isFinite ? String(format: "%.*f", row.digits, row.factor * value) : "–"
  }

  /// A text at the end of so many columns.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + TerminalText.cut(text, to: width)
  }

  /// How each slot's weights moved.
  var slots: Section {
    guard inspection.trajectory.steps.count > 0 else { return Section(lines: [], rank: 0) }
    let width = min(12, max(4, inspection.slots.map(\.name.count).max() ?? 0))
    let isWide = width > 6
    let blocks = isWide ? 12 : 16
    let names = "slot".padding(toLength: width + 1, withPad: " ", startingAt: 0)
    let heading =
      "  \(names)strongest    mean weight, first → last".padding(
        toLength: 2 + width + 1 + 13 + 6 + blocks + 7, withPad: " ", startingAt: 0) + "turns  next"
    var lines = [painted(TerminalText.cut(heading, to: Self.width), .bold)]
    for (slot, history) in zip(inspection.slots, inspection.trajectory.histories) {
      guard let best = slot.ranking.first,
        let column = history.slot.operations.firstIndex(of: best.name)
      else { continue }
      let weights = (0..<history.rows).map {
        Double(history.weights[$0 * history.slot.operations.count + column])
      }
      var line =
        "  "
        + TerminalText.cut(slot.name, to: width)
        .padding(toLength: width + 1, withPad: " ", startingAt: 0)
      line += TerminalText.cut(best.name, to: 12).padding(toLength: 13, withPad: " ", startingAt: 0)
      line += String(format: "%.3f ", best.firstWeight)
      line += painted(Sparkline.text(weights, width: blocks, range: 0...1), .cyan)
      line += String(format: " %.3f ", best.lastWeight)
      let used = 2 + width + 1 + 13 + 6 + blocks + 7
      let others = slot.ranking.dropFirst().prefix(2).map(\.name).joined(separator: ", ")
      let rest = Self.right("\(slot.leadChanges)", 5) + (others.isEmpty ? "" : "  \(others)")
      line += painted(TerminalText.cut(rest, to: max(0, Self.width - used)), .dim)
      lines.append(line)
    }
    return Section(lines: lines, rank: 4)
  }

  /// The functions' curves, at most three.
  var curves: [Section] {
    var sections = inspection.functions.prefix(3).compactMap { function -> Section? in
      guard let last = function.epochs.indices.last, function.points.count > 1 else { return nil }
      let line = function.line(last)
      var plot = BraillePlot(
        width: 62, height: 11, x: function.domain, y: function.axis(for: [line]))
      plot.add(line)
      var title = "after \(inspection.unit) \(function.epochs[last])"
      if !function.title.isEmpty { title = "\(function.title) \(title)" }
      if function.cells == ["the race"] { title = "winner of the race" }
      let heading = TerminalText.cut(
        TerminalText.harmless("\(title): \(function.expressions[last])"), to: Self.width)
      return Section(
        lines: [painted(heading, .bold)] + plot.linesWithAxes.map { "  \($0)" }, rank: 5)
    }
    if inspection.functions.count > 3 {
      let rest = inspection.functions.count - 3
      sections.append(
        Section(lines: ["  and \(rest) more functions: --csv curve, or --report"], rank: 5))
    }
    return sections
  }
}
