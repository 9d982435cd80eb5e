import Foundation

/// The right to write to a run's folder: one process has it at a time, and loses it with its end,
/// however that comes.
public final class RunLock {
  private let descriptor: Int32

  /// Takes the right.
  ///
  /// A file system that knows no locks gives it to everybody.
  ///
  /// - Throws: `RunFolder.Failure` if another process has it, or the folder cannot be opened.
  init(_ folder: RunFolder) throws(RunFolder.Failure) {
    let path = folder.url.relativePath
    descriptor = open(folder.url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw RunFolder.Failure(
        description: "\(path): cannot be opened (\(String(cString: strerror(errno)))); "
          + "give a folder that may be read")
    }
    // Who only asks whether the folder is locked has a lock of its own for microseconds.
    var attempts = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      attempts += 1
      if attempts < 5 {
        usleep(5_000)
        continue
      }
      throw RunFolder.Failure(
        description: "\(path): another process works in it; stop that one, or wait for its end")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

extension RunFolder {
  /// Whether a process writes to the folder; nil where the file system knows no locks, or the folder
  /// cannot be opened.
  public var isLocked: Bool? {
    let descriptor = open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return false }
    return errno == EWOULDBLOCK ? true : nil
  }
}
