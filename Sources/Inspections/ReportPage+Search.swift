import Foundation
import Reports

extension ReportPage {
  /// The values of candidates, and all candidates as a table.
  func candidateSection(_ plots: InspectionPlots) -> String {
    guard let candidates = inspection.candidates, let plot = plots.candidates else { return "" }
    let metric = candidates.metric
    let rows = candidates.ranking.map { row in
      [
        "\(row.number)", row.value.map { metric.text($0) } ?? "diverged",
        row.loss.map { String(format: "%.3f", $0) } ?? "–",
        ProgressReport.clock(seconds: row.elapsedSeconds), row.formula,
      ]
    }
    return section(
      "candidates", "Candidates",
      "<figure>\n"
        + plot.drawing("k").element(title: "\(metric.title) of the candidates") + "</figure>\n"
        + "<details\(rows.count <= 30 ? " open" : "")><summary>\(rows.count) candidates, the best "
        + "first</summary>\n"
        + table(
          ["#candidate", "#validation \(metric.title)", "#loss", "#time", "function"], rows)
        + "</details>\n")
  }

  /// Losses, accuracies and operations over the steps.
  func trainingSection(_ plots: InspectionPlots) -> String {
    guard inspection.trajectory.steps.count > 1 else { return "" }
    let drawn = [plots.losses, plots.accuracies, plots.operations].filter { !$0.series.isEmpty }
    let figures = drawn.enumerated().map { index, plot in
      let drawing = plot.drawing("t\(index)").element(title: "\(plot.title) over the steps")
      return "<figure>\n\(drawing)</figure>\n"
    }
    return section(
      "training", "Training",
      "<div class=\"grid\">\n\(figures.joined())</div>\n"
        + "<p class=\"note\">Thin lines are single batches, thick ones whole epochs. Batches of "
        + "relaxed cells and the scores of later discrete ones are not the same network.</p>\n")
  }

  /// How the weights of each slot moved.
  func slotSection(_ plots: InspectionPlots) -> String {
    guard inspection.trajectory.steps.count > 1 else { return "" }
    let figures = inspection.slots.indices.map { index in
      let slot = inspection.slots[index]
      let drawings = InspectionPlots.Quantity.allCases.map { quantity in
        plots.slot(index, quantity).drawing("s\(index)-\(quantity.rawValue)").element(
          title: "\(quantity.name) of the operations of \(slot.name)",
          style: "plot \(quantity.rawValue)")
      }
      let changes = slot.leadChanges == 1 ? "once" : "\(slot.leadChanges) times"
      let leader = slot.leads.last.map { "; \($0.operation) since step \($0.step)" } ?? ""
      return "<figure>\n\(drawings.joined())"
        + "<figcaption>the lead changed \(changes)\(Self.escaped(leader))</figcaption></figure>\n"
    }
    return section(
      "slots", "Slots",
      """
      <input type="radio" name="quantity" id="show-alpha" checked>
      <label for="show-alpha">α</label>
      <input type="radio" name="quantity" id="show-weights">
      <label for="show-weights">mean weights</label>
      <p class="note">A line for each operation; a dot ends it where the operation was dropped. \
      Named are the strongest four of each slot.</p>
      <div class="grid">
      \(figures.joined())</div>

      """)
  }

  /// Which operation was dropped when.
  var dropSection: String {
    let drops = inspection.trajectory.drops
    guard !drops.isEmpty else { return "" }
    let epochs = Set(drops.map(\.epoch)).sorted()
    let rows = epochs.map { epoch in
      ["\(epoch)"]
        + inspection.slots.map { slot in
          drops.filter { $0.epoch == epoch && $0.slot == slot.name }.map(\.operation)
            .joined(separator: ", ")
        }
    }
    let list = drops.map {
      [
        "\($0.step)", "\($0.epoch)", $0.slot, $0.operation,
        $0.alpha.isFinite ? String(format: "%.4f", $0.alpha) : "–",
      ]
    }
    return section(
      "drops", "Drops",
      // Of many slots the columns would be too narrow.
      (inspection.slots.count <= 12
        ? table(["#epoch"] + inspection.slots.map(\.name), rows) : "")
        + "<details><summary>all \(drops.count) with step and α</summary>\n"
        + table(["#step", "#epoch", "slot", "operation", "#α then"], list) + "</details>\n")
  }

  /// The epochs as a table.
  var epochSection: String {
    let trajectory = inspection.trajectory
    guard !trajectory.epochs.isEmpty else { return "" }
    let number = { (value: Float, digits: Int) in
      value.isFinite ? String(format: "%.*f", digits, value) : "–"
    }
    let rows = trajectory.epochs.map { epoch in
      [
        "\(epoch.epoch)", number(epoch.trainLoss, 3), number(epoch.validationLoss, 3),
        number(100 * epoch.trainAccuracy, 2), number(100 * epoch.validationAccuracy, 2),
        trajectory.steps.last { $0.epoch == epoch.epoch }.map { "\($0.operationsAlive)" } ?? "–",
        ProgressReport.clock(seconds: epoch.elapsedSeconds),
        trajectory.genotypes.first { $0.epoch == epoch.epoch }?.expression ?? "",
      ]
    }
    return section(
      "epochs", "Epochs",
      "<details\(rows.count <= 30 ? " open" : "")><summary>\(rows.count) epochs</summary>\n"
        + table(
          [
            "#epoch", "#train loss", "#valid. loss", "#train %", "#valid. %", "#alive", "#time",
            "strongest function",
          ], rows) + "</details>\n")
  }

  /// Configuration and origin.
  var originSection: String {
    let header = inspection.trace.header
    let facts = [
      ("command", header.commandLine), ("began", header.started),
      ("program", "grafs-swift \(header.programVersion)"), ("machine", header.machine),
      ("products by", header.blas), ("genotype", inspection.genotype ?? ""),
    ].filter { !$0.1.isEmpty }
    let list = { (pairs: [(String, String)]) in
      pairs.map {
        "<div><dt>\(Self.escaped($0.0))</dt><dd>\(Self.escaped($0.1))</dd></div>\n"
      }.joined()
    }
    return section(
      "origin", "Configuration",
      "<dl class=\"settings\">\n\(list(inspection.settings.map { ($0.name, $0.value) }))</dl>\n"
        + "<dl class=\"origin\">\n\(list(facts))</dl>\n")
  }
}
