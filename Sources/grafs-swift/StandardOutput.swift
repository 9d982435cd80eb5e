import Foundation

/// Where results go. Unlike `print`, a full disk or a closed file is a failure that is told.
enum StandardOutput {
  /// Writes a text as it is.
  static func write(_ text: String) throws { try write(Data(text.utf8)) }

  /// Writes a text and ends the line.
  static func writeLine(_ text: String) throws { try write(text + "\n") }

  /// Writes bytes.
  ///
  /// - Throws: `CommandFailure` if they cannot all be written.
  static func write(_ bytes: Data) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: bytes)
    } catch {
      let code = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError)?.code
      let reason = code.map { String(cString: strerror(Int32($0))) } ?? error.localizedDescription
      throw CommandFailure(
        description:
          "standard output: cannot be written (\(reason)); make room, or send it elsewhere")
    }
  }
}
