import Foundation

/// Asks whether somebody has locked a file or folder, and keeps no lock.
package enum LockProbe {
  /// Whether another process has locked what lies there against a shared lock.
  ///
  /// - Parameters:
  ///   - path: A file or folder.
  ///   - flags: More flags of `open`, such as `O_DIRECTORY`.
  /// - Returns: Whether it is locked; nil where the file system knows no locks, or it cannot be
  ///   opened.
  package static func isLocked(_ path: String, opening flags: Int32 = 0) -> Bool? {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | flags)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return false }
    return errno == EWOULDBLOCK ? true : nil
  }
}
