import Files
import Foundation
import Processes

/// Where results go. Unlike with `print`, a full disk or a closed file is an error.
enum StandardOutput {
  /// Writes a text as it is.
  static func write(_ text: String) throws { try write(Data(text.utf8)) }

  /// Writes a text and ends the line.
  static func writeLine(_ text: String) throws { try write(text + "\n") }

  /// Writes bytes. Where the reader has gone the command ends, as others do, without a word.
  ///
  /// - Throws: `RunError` if they cannot all be written.
  static func write(_ bytes: Data) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: bytes)
    } catch {
      if error.systemCode == EPIPE { WriteSignals.endAsUnread() }
      throw RunError(
        "standard output: cannot be written (\(error.reason))",
        cure: "make room, or send it elsewhere")
    }
  }
}
