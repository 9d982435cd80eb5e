import Foundation
import Synchronization

/// Progress on standard error: a line that is rewritten on a terminal, plain lines elsewhere.
///
/// Control characters of a text, which may come from files, do not reach the terminal. Lines may
/// come from several threads.
public final class ProgressReport: Sendable {
  private let isQuiet: Bool
  private let isTerminal: Bool
  private let state = Mutex(State())

  private struct State {
    var lastDraw = ContinuousClock.now - .seconds(1)
    var hasLiveLine = false
  }

  /// Begins a report.
  ///
  /// - Parameter isQuiet: Whether nothing is shown at all.
  public init(isQuiet: Bool) {
    self.isQuiet = isQuiet
    isTerminal = TerminalText.takesEscapes(STDERR_FILENO)
  }

  /// Shows a state that soon changes; only on a terminal that can rewrite a line, at most ten times
  /// a second.
  ///
  /// - Parameter text: Makes the line, if it is shown.
  public func live(_ text: () -> String) {
    guard isTerminal, !isQuiet else { return }
    state.withLock { state in
      guard ContinuousClock.now - state.lastDraw > .milliseconds(100) else { return }
      state = State(lastDraw: .now, hasLiveLine: true)
      write("\r\u{1B}[K" + TerminalText.harmless(text()))
    }
  }

  /// Shows a line that stays.
  public func line(_ text: String) {
    if !isQuiet { warning(text) }
  }

  /// Shows a line that must be seen, even where progress is not wanted.
  public func warning(_ text: String) {
    state.withLock { state in
      if state.hasLiveLine { write("\r\u{1B}[K") }
      state.hasLiveLine = false
      write(TerminalText.harmless(text) + "\n")
    }
  }

  private func write(_ text: String) {
    // Where standard error is closed or full there is nobody to tell: the run goes on.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// A time such as `4:05` or `1:02:03`; a dash for what is none, such as a negative one.
  public static func clock(seconds: Double) -> String {
    guard 0 <= seconds, seconds < 1e7 else { return "–" }
    let whole = Int(seconds.rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    return hours > 0
      ? String(format: "%d:%02d:%02d", hours, minutes, rest)
      : String(format: "%d:%02d", minutes, rest)
  }
}
