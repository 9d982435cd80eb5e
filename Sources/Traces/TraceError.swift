import Files
import Foundation

/// Why a trace could not be read: one line that names the file and the cure.
public enum TraceError: Error, Equatable, Sendable, CustomStringConvertible, LocalizedError {
  /// There is no such file.
  case missingFile(file: String)
  /// The file cannot be opened; `reason` is the system's.
  case unreadable(file: String, reason: String)
  /// Another program has the file open to change it, or has locked it.
  case heldOpen(file: String)
  /// The file is not HDF5, or its first bytes are damaged.
  case notHDF5(file: String)
  /// The file is HDF5, but not a trace; `schema` is what it says it is, if anything.
  case notATrace(file: String, schema: String?)
  /// The trace was written by another schema version than this program's.
  case otherVersion(file: String, found: UInt64, expected: UInt64)
  /// The file is truncated or damaged; `object` is where it was noticed, `reason` is HDF5's.
  case damaged(file: String, object: String, reason: String)
  /// A group, dataset or attribute that every trace has is not there.
  case missingObject(file: String, object: String)
  /// A dataset or attribute is there, but is not what the schema says.
  case malformed(file: String, object: String, expected: String, found: String)

  /// One line that names the file, what is wrong, and what to do.
  public var description: String {
    switch self {
    case .missingFile(let file):
      "\(file): there is no such file; check the path"
    case .unreadable(let file, let reason):
      "\(file): cannot be read (\(reason)); \(Self.cure(of: reason))"
    case .heldOpen(let file):
      """
      \(file): another program has it open to change it; close it there, or, if that program has \
      ended without closing it, clear the mark it left with h5clear -s
      """
    case .notHDF5(let file):
      "\(file): not an HDF5 file; give the trace.h5 of a run"
    case .notATrace(let file, let schema?):
      """
      \(file): an HDF5 file of schema '\(schema)', not '\(TraceFile.schema)'; \
      give the trace.h5 of a run
      """
    case .notATrace(let file, nil):
      "\(file): an HDF5 file, but not a trace (no attribute 'schema'); give the trace.h5 of a run"
    case .otherVersion(let file, let found, let expected):
      """
      \(file): a trace of schema version \(found), this program reads version \(expected); \
      use the program version that its attribute 'program_version' names
      """
    case .damaged(let file, _, let reason) where reason.contains("memory allocation failed"):
      "\(file): cannot be read, there is not enough memory (see ulimit -v); give more"
    case .damaged(let file, let object, let reason):
      "\(file): truncated or damaged at \(object) (\(reason)); copy it again, or repeat the run"
    case .missingObject(let file, let object):
      "\(file): \(object) is missing; the trace is not complete, take the original file"
    case .malformed(let file, let object, let expected, let found):
      "\(file): \(object) is \(found) instead of \(expected); take the original file"
    }
  }

  /// What stands in the way of reading where no regular file does.
  static let notRegular = "not a regular file"

  /// What to do where the system refuses to read, which says nothing of what the file holds.
  private static func cure(of reason: String) -> String {
    if reason == notRegular { return "give the trace.h5 of a run" }
    let codes = [EACCES, EPERM, EMFILE, ENFILE, ENOMEM]
    return RunError.readingCure(
      of: codes.first { String(cString: strerror($0)) == reason }, otherwise: "try again")
  }

  /// The same line as `description`.
  public var errorDescription: String? { description }
}
