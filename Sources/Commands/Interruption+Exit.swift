import ArgumentParser
import Foundation
import Reports
import Runs
import Trials

extension Interruption {
  /// Writes the command that goes on to standard error.
  ///
  /// - Parameter words: A command and its arguments.
  /// - Returns: The exit status of a process that the signal has ended.
  func exit(goOnWith words: [String]) -> ExitCode {
    StandardError.writeLine(
      "interrupted; go on with: \(words.map(Self.quoted).joined(separator: " "))")
    return ExitCode(128 + signal)
  }

  /// Says that the same command goes on, in the same folder.
  ///
  /// - Parameter output: The folder, if the command does not name it already.
  /// - Returns: The exit status of a process that the signal has ended.
  func exit(goOnIn output: String?) -> ExitCode {
    let given = CommandLine.arguments.dropFirst().filter { $0 != "--force" }
    let folder = output.map { ["--output", $0] } ?? []
    // After the subcommand: behind "--" it would be an argument.
    return exit(goOnWith: ["grafs-swift"] + given.prefix(1) + folder + given.dropFirst(1))
  }

  /// A word as a shell reads it; one with control characters as Bash, Zsh and Ksh do.
  static func quoted(_ word: String) -> String {
    if TerminalText.harmless(word) != word {
      let bytes = word.utf8.map { byte in
        let isPlain = (0x20..<0x7F).contains(byte) && !"'\\".utf8.contains(byte)
        return isPlain ? String(UnicodeScalar(byte)) : String(format: "\\x%02x", byte)
      }
      return "$'\(bytes.joined())'"
    }
    let isPlain = word.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+=:@".contains($0))
    }
    return isPlain && !word.isEmpty
      ? word : "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}
