import Files
import Foundation
import Networks
import Reports
import Runs
import Traces

/// What happened, for a terminal of 80 columns.
public struct InspectionText: Sendable {
  /// The columns; no line is longer.
  public static let width = 80

  /// A part of the text: its lines, and how much it matters where there is room for few.
  struct Section {
    let lines: [String]
    /// The least matters most.
    let rank: Int
  }

  let inspection: Inspection
  private let hasColor: Bool

  /// Shows an inspection.
  ///
  /// - Parameters:
  ///   - inspection: What is shown.
  ///   - hasColor: Whether escape sequences may color it.
  public init(_ inspection: Inspection, hasColor: Bool) {
    self.inspection = inspection
    self.hasColor = hasColor
  }

  /// The whole text.
  public var text: String { text(ofAtMost: .max) }

  /// As much of the text as fits, the most important parts.
  ///
  /// - Parameter height: Of the terminal, in lines.
  /// - Returns: Lines that end in a line feed.
  public func text(ofAtMost height: Int) -> String {
    var sections = [head, facts, race, comparison, series, candidateSeries, slots]
    sections += curves + [epochs, candidateTable, drops, plugged, configuration, origin]
    sections = sections.filter { !$0.lines.isEmpty }
    while sections.reduce(-1, { $0 + $1.lines.count + 1 }) > height, sections.count > 1,
      let last = sections.indices.max(by: { sections[$0].rank < sections[$1].rank })
    {
      sections.remove(at: last)
    }
    let lines = sections.map { $0.lines.joined(separator: "\n") }.joined(separator: "\n\n")
      .split(separator: "\n", omittingEmptySubsequences: false)
    return lines.prefix(height).map { $0 + "\n" }.joined()
  }

  /// A piece of text that stands out, where color is wanted.
  func painted(_ text: String, _ emphasis: TerminalText.Emphasis) -> String {
    hasColor && !text.isEmpty ? "\u{1B}[\(emphasis.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// A name with a text that may take several lines.
  func fact(_ name: String, _ text: String, emphasis: TerminalText.Emphasis? = nil) -> [String] {
    let indent = 12
    let lines = TerminalText.wrapped(TerminalText.harmless(text), to: Self.width - indent)
    return lines.enumerated().map { index, line in
      let head = (index == 0 ? name : "").padding(toLength: indent, withPad: " ", startingAt: 0)
      return painted(head, .dim) + (emphasis.map { painted(line, $0) } ?? line)
    }
  }

  // MARK: - What it is about

  private var head: Section {
    let header = inspection.trace.header
    let standing = inspection.standing.words
    let title = TerminalText.cut(
      TerminalText.harmless("\(header.network) on \(header.dataset), seed \(header.seed)"),
      to: Self.width - standing.count - 2)
    let space = String(repeating: " ", count: Self.width - title.count - standing.count)
    let color: TerminalText.Emphasis =
      switch inspection.standing {
      case .finished: .green
      case .running, .unknown: .cyan
      case .interrupted: .yellow
      case .diverged, .failed, .killed: .red
      }
    let lines = [
      painted(title, .bold) + space + painted(standing, color),
      painted(TerminalText.cut(TerminalText.harmless(progress), to: Self.width), .dim),
    ]
    return Section(lines: lines, rank: 0)
  }

  /// How far it has come.
  private var progress: String {
    let trajectory = inspection.trajectory
    var words: [String] = []
    if let method = inspection.setting("method") { words.append(method) }
    if let candidates = inspection.candidates {
      let done = candidates.rows.count
      words.append(inspection.budget.map { "\(done) of \($0) candidates" } ?? "\(done) candidates")
    } else {
      let epochs = trajectory.epochs.count
      words.append(
        inspection.plannedEpochs.map { "\(epochs) of \($0) epochs" } ?? "\(epochs) epochs")
      words.append("\(trajectory.steps.count) steps")
      if let last = trajectory.steps.last { words.append("\(last.operationsAlive) operations") }
    }
    words.append(ProgressReport.clock(seconds: inspection.elapsedSeconds))
    if let evidence = inspection.result?.evidence {
      words.append(evidence.timeText(beside: inspection.elapsedSeconds))
    }
    if let left = inspection.secondsLeft {
      words.append("\(ProgressReport.clock(seconds: left)) left")
    }
    return words.joined(separator: " · ")
  }

  private var facts: Section {
    let isFinal = inspection.standing.isOver && inspection.result?.expression != nil
    var lines =
      inspection.expression.map {
        fact(
          isFinal ? "function" : inspection.candidates == nil ? "strongest" : "best", $0,
          emphasis: .bold)
      } ?? []
    if let limits = inspection.function?.limits, limits != .off {
      lines += fact("limits", "\(limits)")
    }
    let alone = inspection.result?.evidence == nil ? "" : " (search alone)"
    if let genotype = inspection.genotype { lines += fact("genotype", genotype + alone) }
    if let epoch = inspection.trajectory.epochs.last {
      let metric = inspection.metric
      let value = inspection.validationValue(after: epoch)
      let examples = metric == .accuracy ? "images" : "examples"
      var words = "\(metric.text(value)) on validation \(examples) after epoch \(epoch.epoch)"
      if metric == .accuracy {
        words += ", best \(metric.text(Double(epoch.bestValidationAccuracy)))"
      }
      if let comparison = inspection.result?.comparisonText { words += "; \(comparison)" }
      lines += fact(metric.title, words + alone)
    }
    if let candidates = inspection.candidates, let best = candidates.best, let value = best.value {
      var words =
        "\(candidates.metric.text(value)) on validation examples, candidate \(best.number)"
      if let comparison = inspection.result?.comparisonText { words += "; \(comparison)" }
      lines += fact(candidates.metric.title, words)
    }
    if [.interrupted, .killed].contains(inspection.standing) {
      let folder = FilePath.folder(of: inspection.path)
      lines += fact(
        "go on with", "grafs-swift search --resume \(folder.isEmpty ? "." : folder)")
    }
    for remark in inspection.remarks { lines += fact("remark", remark, emphasis: .yellow) }
    return Section(lines: lines, rank: 1)
  }

  private var comparison: Section {
    guard let evaluation = inspection.evaluation else { return Section(lines: [], rank: 0) }
    var lines = [painted("on test images", .bold)]
    for row in evaluation.summary + evaluation.rowsAtChosenRates {
      let words = "\(row.meanText), \(row.seedsText), \(row.network) on \(row.dataset)"
      let name = TerminalText.cut(TerminalText.harmless(row.function), to: 20)
      lines += TerminalText.wrapped(TerminalText.harmless(words), to: 56).enumerated().map {
        "  " + ($0 == 0 ? name : "").padding(toLength: 22, withPad: " ", startingAt: 0) + $1
      }
      for other in row.comparisons {
        let words = "beside \(other.baseline): \(row.text(of: other))"
        lines += TerminalText.wrapped(TerminalText.harmless(words), to: 54).map {
          String(repeating: " ", count: 26) + $0
        }
      }
    }
    if !evaluation.isComplete { lines.append("  some trainings are still to be done") }
    return Section(lines: lines, rank: 2)
  }

  // MARK: - What is at the end

  private var configuration: Section {
    let settings = inspection.settings.map { "\($0.name) \($0.value)" }.joined(separator: " · ")
    guard !settings.isEmpty else { return Section(lines: [], rank: 0) }
    let lines = TerminalText.wrapped(TerminalText.harmless(settings), to: Self.width - 2)
    return Section(lines: [painted("configuration", .bold)] + lines.map { "  \($0)" }, rank: 8)
  }

  private var origin: Section {
    let header = inspection.trace.header
    var lines = fact("began", "\(header.started), grafs-swift \(header.programVersion)")
    if !header.machine.isEmpty { lines += fact("machine", header.machine) }
    lines += fact("command", header.commandLine)
    lines += fact("trace", inspection.path)
    return Section(lines: lines, rank: 9)
  }
}
