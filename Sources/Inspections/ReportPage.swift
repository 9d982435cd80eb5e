import Foundation
import Reports
import Runs
import Traces

/// An inspection as one page for a browser: no network, readable without its script.
public struct ReportPage: Sendable {
  let inspection: Inspection
  private let generator: String

  /// A page.
  ///
  /// - Parameters:
  ///   - inspection: What it shows.
  ///   - generator: Who writes it: program and version.
  public init(_ inspection: Inspection, generator: String) {
    self.inspection = inspection
    self.generator = generator
  }

  /// How every page begins, up to who wrote it.
  static let beginning = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="generator" content="
    """

  /// The page's text.
  public var html: String {
    let header = inspection.trace.header
    let plots = InspectionPlots(inspection)
    let title = "\(header.network) on \(header.dataset), seed \(header.seed)"
    let sections = [
      functionSection(plots), raceSection(plots), baselineSection, candidateSection(plots),
      trainingSection(plots),
      slotSection(plots),
      dropSection, epochSection, originSection,
    ]
    return """
      \(Self.beginning)\(Self.escaped(generator)) inspect">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'; script-src 'unsafe-inline'">
      <title>\(Self.escaped(title))</title>
      <style>
      \(ReportStyle.text)</style>
      </head>
      <body>
      \(head(title))<main>
      \(sections.joined())</main>
      <footer><p>\(Self.escaped(generator)), from \(Self.escaped(inspection.path))</p></footer>
      <script>
      \(ReportScript.text)</script>
      </body>
      </html>

      """
  }

  static func escaped(_ text: String) -> String { VectorDrawing.escaped(text) }

  /// A section with a heading; none without contents.
  func section(_ identifier: String, _ title: String, _ contents: String) -> String {
    guard !contents.isEmpty else { return "" }
    return "<section id=\"\(identifier)\">\n<h2>\(title)</h2>\n\(contents)</section>\n"
  }

  /// A table of text.
  ///
  /// - Parameters:
  ///   - names: Of the columns; a name that begins with `#` is of numbers, aligned to the right.
  ///   - rows: Cells, not escaped yet.
  /// - Returns: The element, within one that scrolls.
  func table(_ names: [String], _ rows: [[String]]) -> String {
    let styles = names.map { $0.hasPrefix("#") ? " class=\"number\"" : "" }
    let heads = zip(names, styles).map { name, style in
      let name = name.hasPrefix("#") ? String(name.dropFirst()) : name
      return "<th scope=\"col\"\(style)>\(Self.escaped(name))</th>"
    }
    let lines = rows.map { row in
      let cells = zip(row, styles).map { cell, style in "<td\(style)>\(Self.escaped(cell))</td>" }
      return "<tr>\(cells.joined())</tr>\n"
    }
    return "<div class=\"scroll\"><table>\n<thead><tr>\(heads.joined())</tr></thead>\n"
      + "<tbody>\n\(lines.joined())</tbody>\n</table></div>\n"
  }

  // MARK: - Head

  private func head(_ title: String) -> String {
    let lines =
      inspection.function?.formulas ?? [inspection.expression ?? "no function yet"]
    let isLong = lines.count > 1 || (lines.first?.count ?? 0) > 40
    let formulas = lines.prefix(6).map { "<code>\(Self.escaped($0))</code>" }.joined(separator: " ")
    let more = lines.count > 6 ? " <small>and \(lines.count - 6) more</small>" : ""
    let kind =
      inspection.standing.isOver && inspection.result?.expression != nil
      ? "Activation function found" : "Strongest activation function so far"
    return """
      <header>
      <p class="kicker">\(kind)</p>
      <h1\(isLong ? " class=\"long\"" : "")>\(formulas)\(more)</h1>
      <p class="subject">\(Self.escaped(title)) <span class="standing \
      \(inspection.standing.rawValue)">\(Self.escaped(inspection.standing.words))</span></p>
      \(tiles)\(remarks)</header>

      """
  }

  private var remarks: String {
    inspection.remarks.map { "<p class=\"remark\">\(Self.escaped($0))</p>\n" }.joined()
  }

  /// The main figures.
  private var tiles: String {
    let trajectory = inspection.trajectory
    var facts: [(name: String, value: String, note: String)] = []
    // With a race these are of another network than its winner's.
    if let epoch = trajectory.epochs.last, inspection.race == nil {
      let metric = inspection.metric
      let value = inspection.validationValue(after: epoch)
      let best = metric == .accuracy ? Double(epoch.bestValidationAccuracy) : nil
      facts.append(
        (
          "validation \(metric.title)", metric.text(value),
          best.map { "best \(metric.text($0))" } ?? "after epoch \(epoch.epoch)"
        ))
    }
    if let candidates = inspection.candidates, let best = candidates.best, let value = best.value {
      facts.append(
        (
          "validation \(candidates.metric.title)", candidates.metric.text(value),
          "candidate \(best.number)"
        ))
    }
    if let result = inspection.result, result.usualActivation != nil {
      facts.append(
        (
          "\(result.usualTitle) on the same budget", result.usualText ?? "diverged",
          "same weights, batches, rates"
        ))
    }
    if let candidates = inspection.candidates {
      facts.append(
        (
          "candidates",
          inspection.budget.map { "\(candidates.rows.count) of \($0)" }
            ?? "\(candidates.rows.count)",
          "\(candidates.rows.count { $0.value == nil }) diverged"
        ))
    }
    let done = trajectory.epochs.count
    if inspection.candidates == nil {
      facts.append(
        (
          "epochs", inspection.plannedEpochs.map { "\(done) of \($0)" } ?? "\(done)",
          "\(trajectory.steps.count) steps"
        ))
    }
    if let last = trajectory.steps.last, let first = trajectory.steps.first {
      facts.append(
        ("operations alive", "\(last.operationsAlive)", "of \(first.operationsAlive)"))
    }
    let left = inspection.secondsLeft.map { "\(ProgressReport.clock(seconds: $0)) left" }
    let usual = inspection.result.flatMap { result in
      result.usualElapsedSeconds.map {
        "\(result.usualTitle) \(ProgressReport.clock(seconds: $0))"
      }
    }
    let race = inspection.result?.evidence?.timeText(beside: inspection.elapsedSeconds)
    facts.append(
      (
        "time", ProgressReport.clock(seconds: inspection.elapsedSeconds),
        left ?? usual ?? race ?? ""
      ))
    let tiles = facts.map {
      "<div><dt>\(Self.escaped($0.name))</dt><dd>\(Self.escaped($0.value))"
        + "<small>\(Self.escaped($0.note))</small></dd></div>\n"
    }
    return "<dl class=\"tiles\">\n\(tiles.joined())</dl>\n"
  }
}
