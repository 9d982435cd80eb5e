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
    "\(file): cannot be written (\(reason)); make room or choose another output folder"
  }

  /// The same line as `description`.
  public var errorDescription: String? { description }
}
