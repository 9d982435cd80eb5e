import Foundation

/// The right to write to a folder: one process has it at a time, and loses it with its end, however
/// that comes.
public final class FolderLock {
  private let descriptor: Int32

  /// Takes the right.
  ///
  /// A file system that knows no locks gives it to everybody.
  ///
  /// - Parameter folder: The folder.
  /// - Throws: `RunError` if another process has it, or the folder cannot be opened.
  public init(_ folder: URL) throws(RunError) {
    let path = folder.relativePath
    descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      throw RunError(
        "\(path): cannot be opened (\(String(cString: strerror(code))))",
        cure: RunError.readingCure(of: code, otherwise: "give a folder that may be read"))
    }
    // `isTaken` of another process takes a lock as well, for microseconds.
    var attempts = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      attempts += 1
      if attempts < 5 {
        usleep(5_000)
        continue
      }
      throw RunError(
        "\(path): another process works in it", cure: "stop that one, or wait for its end")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Whether a process has the right; nil where the file system knows no locks, or the folder
  /// cannot be opened.
  ///
  /// - Parameter folder: The folder.
  /// - Returns: Whether it is taken.
  public static func isTaken(_ folder: URL) -> Bool? {
    LockProbe.isLocked(folder.path, opening: O_DIRECTORY)
  }
}
