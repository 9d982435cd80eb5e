import Foundation

/// Writing into what is open: a file, a pipe, a device.
enum OutputBytes {
  /// For how long a named pipe waits for a program that reads it, in seconds.
  private static let longestWait = 10.0

  /// Writes into a pipe, terminal or device, which is opened as it stands.
  ///
  /// - Throws: `UnwritableFile` with the system's reason, also if nobody reads from a named pipe.
  static func write(_ bytes: UnsafeRawBufferPointer, into place: String, for path: String)
    throws(UnwritableFile)
  {
    let descriptor = try open(place, for: path)
    do throws(UnwritableFile) {
      try writeAll(bytes, to: descriptor, for: path)
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw .system(path) }
  }

  /// Opens without waiting for ever: a named pipe without a reader says so.
  private static func open(_ place: String, for path: String) throws(UnwritableFile) -> Int32 {
    let end = ContinuousClock.now + .seconds(longestWait)
    while true {
      let descriptor = Foundation.open(place, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      if descriptor >= 0 {
        // From here on a slow reader is waited for.
        guard fcntl(descriptor, F_SETFL, O_WRONLY) == 0 else {
          defer { close(descriptor) }
          throw .system(path)
        }
        return descriptor
      }
      if errno == EINTR { continue }
      guard errno == ENXIO else { throw .system(path) }
      guard ContinuousClock.now < end else {
        throw UnwritableFile(
          file: path, reason: "within \(Int(longestWait)) s no program has read from it")
      }
      usleep(20_000)
    }
  }

  /// Writes all bytes.
  ///
  /// - Throws: `UnwritableFile` with the system's reason.
  static func writeAll(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, for path: String
  ) throws(UnwritableFile) {
    var rest = bytes[...]
    while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
      let written = Foundation.write(descriptor, start, rest.count)
      if written < 0 && errno == EINTR { continue }
      if written < 0 && errno == EAGAIN {
        // Somebody has made it one that does not wait.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, -1)
        continue
      }
      guard written > 0 else { throw .system(path) }
      rest = rest.dropFirst(written)
    }
  }
}
