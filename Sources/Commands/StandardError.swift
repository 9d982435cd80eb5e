import Foundation
import Reports

/// Where every failure is said, in one line.
enum StandardError {
  /// Writes a line. What files and arguments bring into it, line ends and escape sequences
  /// included, cannot end the line or command a terminal.
  static func writeLine(_ text: String) {
    let line = TerminalText.harmless(text) + "\n"
    // Where standard error is closed or full there is nobody to tell.
    try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
  }
}
