import Foundation

/// What keeps a command from its work, and what to do about it, in one line.
///
/// For the world's faults that nobody has to tell apart; those that somebody must have types of
/// their own.
public struct RunError: Error, Sendable, Hashable, CustomStringConvertible, LocalizedError {
  /// What is wrong, beginning with the file, folder or option.
  public let problem: String
  /// What to do, as the end of a sentence.
  public let cure: String

  /// Makes an error.
  public init(_ problem: String, cure: String) {
    self.problem = problem
    self.cure = cure
  }

  /// Says that a file could not be written.
  ///
  /// - Parameters:
  ///   - error: Which file, and why.
  ///   - cure: What to do, unless a limit of this process is the reason, which is the cure then.
  public init(_ error: UnwritableFile, cure: String) {
    self.init(
      "\(error.file): cannot be written (\(error.reason))", cure: error.cure(otherwise: cure))
  }

  /// The problem and its cure.
  public var description: String { "\(problem); \(cure)" }

  /// The same line, for those who ask Foundation.
  public var errorDescription: String? { description }
}
