import Files
import Foundation
import Processes
import Reports
import Traces

/// A run that is shown again and again until it ends: a screen on a terminal that takes escape
/// sequences, a line for each epoch elsewhere.
public struct FollowedRun {
  private let run: InspectedRun
  private let argument: String
  private let isTerminal: Bool

  /// Prepares it.
  ///
  /// - Parameters:
  ///   - run: What is followed.
  ///   - argument: Its name, as the user gave it.
  public init(_ run: InspectedRun, argument: String) {
    self.run = run
    self.argument = argument
    isTerminal = TerminalText.takesEscapes(STDOUT_FILENO)
  }

  /// Shows the run until it ends.
  ///
  /// - Throws: `RunError` if it did not come to a good end, is a copy of a trace without an end, or
  ///   its trace cannot be read.
  public func show() throws {
    var shown: InspectedRun.Mark?
    var shownRows = 0
    while true {
      let mark = run.mark
      if mark != shown && mark.isReadable {
        let inspection = try run.read()
        if inspection.standing == .unknown && run.isCopy {
          throw RunError(
            "\(argument): is a copy of the trace of an unfinished search, to which nothing will be "
              + "added",
            cure: "give the run's folder, or leave out --follow")
        }
        if isTerminal {
          redraw(inspection)
        } else if let candidates = inspection.candidates {
          show(candidates, from: &shownRows)
        } else {
          showEpochs(of: inspection, from: &shownRows)
        }
        if inspection.standing.isOver { return try end(inspection) }
        shown = mark
      }
      usleep(500_000)
    }
  }

  private func redraw(_ inspection: Inspection) {
    var size = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 3
    let text = InspectionText(inspection, hasColor: isTerminal)
      .text(ofAtMost: isKnown ? Int(size.ws_row) - 1 : 24)
    // Home, each line cleared to its end, then the rest of the screen: nothing flickers.
    write(
      "\u{1B}[H" + text.replacingOccurrences(of: "\n", with: "\u{1B}[K\n") + "\u{1B}[J")
  }

  private func showEpochs(of inspection: Inspection, from next: inout Int) {
    let trajectory = inspection.trajectory
    for epoch in trajectory.epochs where epoch.epoch >= next {
      let alive = trajectory.steps.last { $0.epoch == epoch.epoch }?.operationsAlive ?? 0
      let genotype = trajectory.genotypes.first { $0.epoch == epoch.epoch }
      let losses = String(
        format: "epoch %d  train loss %.3f  validation loss %.3f  accuracy %.2f %%  ",
        epoch.epoch, epoch.trainLoss, epoch.validationLoss, 100 * epoch.validationAccuracy)
      write(
        losses + "operations \(alive)  "
          + "\(TerminalText.harmless(genotype?.expression ?? ""))\n")
      next = epoch.epoch + 1
    }
  }

  private func show(_ candidates: CandidateInspection, from next: inout Int) {
    for row in candidates.rows.dropFirst(next) {
      let value = row.value.map { candidates.metric.text($0) } ?? "diverged"
      write(
        "candidate \(row.number)  validation \(candidates.metric.title) \(value)  "
          + "\(TerminalText.harmless(row.formula))\n")
    }
    next = candidates.rows.count
  }

  private func end(_ inspection: Inspection) throws {
    if !isTerminal {
      let isGood = inspection.standing == .finished
      let function = (isGood ? inspection.expression : nil).map { ": \($0)" } ?? ""
      write(inspection.standing.rawValue + TerminalText.harmless(function) + "\n")
    }
    guard inspection.standing != .finished else { return }
    let folder = FilePath.folder(of: inspection.path)
    let cure =
      inspection.standing == .diverged
      ? "search again with a smaller --learning-rate"
      : "go on with grafs-swift search --resume \(folder.isEmpty ? "." : folder)"
    throw RunError(
      "\(argument): the search has ended, but not well (\(inspection.standing.words))",
      cure: "\(cure)")
  }

  private func write(_ text: String) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      // A reader that has seen enough is no accident; a disk may have room again.
      if error.systemCode == EPIPE { WriteSignals.endAsUnread() }
    }
  }
}
