import Foundation

extension RunError {
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
      cure: "give yourself the right to read it and to enter its folders, with chmod")
  }
}
