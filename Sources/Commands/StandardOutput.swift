import Files
import Foundation
import Processes
import Reports

/// Where results go. Unlike with `print`, a full disk or a closed file is an error.
enum StandardOutput {
  /// Writes a text as it is: for programs, or with colors.
  static func write(_ text: String) throws { try write(Data(text.utf8)) }

  /// Writes lines for people: what files and arguments bring into them cannot command a terminal.
  static func show(_ text: String) throws { try write(TerminalText.harmlessLines(text)) }

  /// Writes lines for people, and ends the last one.
  static func showLine(_ text: String) throws { try show(text + "\n") }

  /// Whether a path leads to standard output.
  static func isMeant(by path: String) -> Bool {
    if case .descriptor(STDOUT_FILENO)? = try? OutputTarget(of: path) { true } else { false }
  }

  /// Writes bytes. Where the reader has gone the command ends, as others do, without a word.
  ///
  /// - Throws: `RunError` if they cannot all be written.
  static func write(_ bytes: Data) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: bytes)
    } catch {
      if error.systemCode == EPIPE { WriteSignals.endAsUnread() }
      throw RunError(
        UnwritableFile(file: "standard output", reason: error.reason),
        cure: "make room, or send it elsewhere")
    }
  }
}
