import Foundation

extension RunError {
  /// What to do about a file or folder that the system does not let be read.
  ///
  /// - Parameters:
  ///   - code: The system's reason, `errno`; nil if it is not known.
  ///   - cure: What to do if the file is at fault, and not the process, which another copy would
  ///     not help.
  /// - Returns: The cure, as the end of a sentence.
  package static func readingCure(
    of code: Int32?, otherwise cure: String = "get it back from a copy, or remove it"
  ) -> String {
    switch code {
    case EACCES, EPERM: "give yourself the right to read it and to enter its folders, with chmod"
    case EMFILE, ENFILE: "let more files be open at a time (ulimit -n)"
    case ENOMEM: "free memory, or raise the limit (ulimit -v)"
    default: cure
    }
  }

  /// Says that Foundation could not read a file.
  package static func unreadable(_ file: URL, _ error: any Error) -> RunError {
    RunError(
      "\(file.relativePath): cannot be read (\(error.reason))",
      cure: readingCure(of: error.systemCode))
  }

  /// Refuses what is there but may not be read, so that it is not said to be missing or damaged.
  ///
  /// - Parameter path: A file or a folder; one that is not there is passed over.
  /// - Throws: `RunError` that names it and what it lacks.
  package static func checkReadable(_ path: String) throws(RunError) {
    var status = stat()
    let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    guard access(path, isFolder ? R_OK | X_OK : R_OK) != 0, errno == EACCES else { return }
    throw RunError(
      "\(path): cannot be read (\(String(cString: strerror(EACCES))))",
      cure: readingCure(of: EACCES))
  }
}
