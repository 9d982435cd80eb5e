import Foundation

/// A file that could not be written; what stood there before still stands.
public struct UnwritableFile: Error, Sendable, Hashable, CustomStringConvertible, LocalizedError {
  /// The file's path.
  public let file: String
  /// Why, such as the system's reason.
  public let reason: String

  /// Says that a file could not be written.
  public init(file: String, reason: String) {
    self.file = file
    self.reason = reason
  }

  /// One line that names the file, what is wrong, and what to do.
  public var description: String {
    "\(file): cannot be written (\(reason)); "
      + cure(otherwise: "make room or choose another output folder")
  }

  /// What to do: where the system lets this process have or write no more, room would not help.
  ///
  /// - Parameter cure: What to do for other reasons, such as `make room, then go on`.
  /// - Returns: The cure, as the end of a sentence.
  package func cure(otherwise cure: String) -> String {
    func isFor(_ code: Int32) -> Bool { reason.contains(String(cString: strerror(code))) }
    if isFor(EMFILE) || isFor(ENFILE) {
      let rest = cure.range(of: ", then ").map { String(cure[$0.lowerBound...]) } ?? ""
      return "raise the limit of open files (ulimit -n)" + rest
    }
    guard isFor(EFBIG) else { return cure }
    let limit = "raise the limit of the size of files (ulimit -f)"
    let room = "make room"
    guard cure.hasPrefix(room) else { return "\(limit), or \(cure)" }
    return limit + String(cure.dropFirst(room.count))
  }

  /// The same line as `description`.
  public var errorDescription: String? { description }
}
