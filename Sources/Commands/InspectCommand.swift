import ArgumentParser
import Files
import Foundation
import Inspections
import Reports
import Suggestions

/// Shows what happened in a search.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows what happened in a search, also while it runs.",
    usage: "grafs-swift inspect [<options>] <run>",
    discussion: """
      Losses and accuracies over time, how the weights of each slot moved, what
      was dropped when, or the candidates of a search by proposals; the function's
      curve, and the result. It reads the run's trace.h5, at any time, also that of
      a search that was killed.

      EXAMPLES
        grafs-swift inspect runs/first
        grafs-swift inspect runs/first --follow
        grafs-swift inspect runs/first --csv weights > weights.csv
        grafs-swift inspect runs/first --report first.html
        grafs-swift inspect runs/first --plot first.svg --plot-of weights
      """)

  @Argument(help: ArgumentHelp("A run's folder, or a trace.", valueName: "run"))
  var path: String

  @Flag(help: "Show it again whenever the search publishes its trace, until it ends.")
  var follow = false

  @Flag(help: "Print JSON.")
  var json = false

  @Option(
    help: ArgumentHelp(
      """
      Print a table as comma-separated values: \
      \(InspectionTable.allCases.map(\.rawValue).joined(separator: ", ")).
      """, valueName: "table"))
  var csv: String?

  @Option(
    help: ArgumentHelp(
      "Write a page that shows everything in a browser, in one file.", valueName: "file.html"))
  var report: String?

  @Option(
    help: ArgumentHelp(
      "Write a plot for a paper; PNG needs rsvg-convert.", valueName: "file.svg|png"))
  var plot: String?

  @Option(
    help: ArgumentHelp(
      """
      What the plot shows: \(PaperPlot.allCases.map(\.rawValue).joined(separator: ", ")). \
      (default: curve)
      """, valueName: "what"))
  var plotOf: String?

  @Flag(help: "Replace a file that is no report or plot of this command.")
  var force = false

  func run() throws {
    try checkOptions()
    let table = try csv.map { try Self.named($0, kind: "table", in: InspectionTable.self) }
    let subject = try plotOf.map { try Self.named($0, kind: "plot", in: PaperPlot.self) }
    let inspected = try InspectedRun(path)
    for (option, output) in [("--report", report), ("--plot", plot)] {
      // --force is for files of others, not for the one that is read.
      if let output, Self.place(output) == Self.place(inspected.path) {
        throw RunError(
          "\(option): \(output) is the trace that is inspected", cure: "give another file")
      }
    }
    if follow { return try FollowedRun(inspected, argument: path).show() }
    let inspection = try inspected.read()
    let generator = "grafs-swift \(ProgramVersion.current)"
    var lines: [String?] = []
    if let report {
      let file = OutputFile(report, replacing: force, option: "--report")
      lines.append(try file.write(page: ReportPage(inspection, generator: generator).html))
    }
    if let plot {
      let file = OutputFile(plot, replacing: force, option: "--plot")
      lines.append(
        try file.write(plot: (subject ?? .curve).svg(inspection, generator: generator)))
    }
    if json {
      try StandardOutput.write(try inspection.json())
    } else if let table {
      try StandardOutput.write(table.text(inspection))
    } else if lines.isEmpty {
      try StandardOutput.write(
        InspectionText(inspection, hasColor: TerminalText.takesEscapes(STDOUT_FILENO)).text)
    } else {
      // Standard output may be where a report goes: then it has nothing else.
      guard !lines.contains(nil) else { return }
      for line in lines.compactMap(\.self) { try StandardOutput.showLine(line) }
    }
  }

  /// Refuses options that would do nothing.
  private func checkOptions() throws {
    let outputs = [("--json", json), ("--csv", csv != nil), ("--follow", follow)]
      .filter(\.1).map(\.0)
    if outputs.count > 1 {
      throw RunError(
        "\(outputs[0]) and \(outputs[1]) cannot go together",
        cure: "leave one of them out")
    }
    if follow, report != nil || plot != nil {
      throw RunError(
        "--follow cannot go with \(report == nil ? "--plot" : "--report")",
        cure: "write the file when the search has ended, or whenever you like, without --follow")
    }
    if plotOf != nil, plot == nil {
      throw RunError(
        "--plot-of needs --plot, which names the file", cure: "give one, such as --plot run.svg")
    }
    for (option, path, name) in [("--report", report, "run.html"), ("--plot", plot, "run.svg")]
    where path == "" {
      throw RunError(
        "\(option): names no file",
        cure: "give one, such as \(option) \(name)")
    }
    if let report, let plot, Self.place(report) == Self.place(plot) {
      throw RunError(
        "--report and --plot name the same file, \(plot)",
        cure: "give one of them another")
    }
    if force, report == nil, plot == nil {
      throw RunError(
        "--force needs --report or --plot, which name a file", cure: "give one of them")
    }
  }

  /// Where a file lies, however its name is written.
  private static func place(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }

  private static func named<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, kind: String, in: Choice.Type
  ) throws -> Choice {
    if let choice = Choice(rawValue: name) { return choice }
    throw RunError(
      "there is no \(kind) '\(name)'",
      cure: namesInstead(of: name, known: Choice.allCases.map(\.rawValue)))
  }
}
