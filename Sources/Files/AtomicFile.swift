import Foundation
import Synchronization

/// A file that is replaced as a whole or not at all. Pipes and devices, which have no whole, are
/// written as they stand.
package enum AtomicFile {
  /// Distinguishes the temporary files of one process.
  private static let serial = Atomic<Int>(0)
  private static let suffix = ".partial"

  /// Whether a name is that of a temporary file.
  package static func isTemporary(_ name: String) -> Bool {
    name.hasPrefix(".") && name.hasSuffix(suffix)
  }

  /// A name for what is there for a moment only.
  package static var temporaryName: String { temporaryName(after: ".") }

  /// The path of a temporary file beside the one at `place`.
  static func temporary(for place: String) -> String { temporaryName(after: prefix(of: place)) }

  private static func temporaryName(after prefix: String) -> String {
    "\(prefix)\(getpid())-\(serial.add(1, ordering: .relaxed).newValue)\(suffix)"
  }

  /// Writes `bytes` to a temporary file in the same folder, syncs it, renames it to `path`, syncs
  /// the folder; or writes them into the pipe or device that `path` names.
  ///
  /// Where `path` is a link, the file behind it is replaced, and the link stays.
  ///
  /// - Parameters:
  ///   - bytes: The contents.
  ///   - path: Where they go.
  ///   - isReadBack: Whether the temporary file is read and compared before it is renamed.
  /// - Throws: `UnwritableFile` with the system's reason; the temporary file is gone then.
  package static func write(
    _ bytes: UnsafeRawBufferPointer, to path: String, isReadBack: Bool = false
  ) throws(UnwritableFile) {
    switch try OutputTarget(of: path) {
    case .file(let place): try replace(place, with: bytes, for: path, isReadBack: isReadBack)
    case .stream(let place): try OutputBytes.write(bytes, into: place, for: path)
    case .descriptor(let number): try OutputBytes.writeAll(bytes, to: number, for: path)
    case .folder:
      errno = EISDIR
      throw .system(path)
    }
  }

  private static func replace(
    _ place: String, with bytes: UnsafeRawBufferPointer, for path: String, isReadBack: Bool
  ) throws(UnwritableFile) {
    let temporary = temporary(for: place)
    do throws(UnwritableFile) {
      try create(temporary, with: bytes, for: path)
      if isReadBack { try compare(temporary, with: bytes, for: path) }
      guard rename(temporary, place) == 0 else { throw .system(path) }
    } catch {
      unlink(temporary)
      throw error
    }
    try syncFolder(of: place, for: path)
  }

  /// Removes the temporary files that killed processes left beside `path`.
  package static func removeLeftovers(of path: String) {
    guard case .file(let path)? = try? OutputTarget(of: path) else { return }
    let folder = FilePath.folder(of: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let start = (prefix(of: path) as NSString).lastPathComponent
    for name in names where name.hasPrefix(start) && name.hasSuffix(suffix) {
      unlink((folder as NSString).appendingPathComponent(name))
    }
  }

  /// Removes temporary files in a folder whose processes have ended; those that others are writing
  /// stay.
  ///
  /// - Parameter folder: The folder; one that is not there has none.
  package static func removeAbandoned(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where isTemporary(name) {
      guard
        let number = name.firstMatch(of: /\.([0-9]+)-[0-9]+\.partial$/).flatMap({ Int32($0.1) }),
        number != getpid(), kill(number, 0) != 0, errno == ESRCH
      else { continue }
      let path = (folder as NSString).appendingPathComponent(name)
      // What a check of whether folders can be made leaves is one, and empty.
      if unlink(path) != 0 { rmdir(path) }
    }
  }

  private static func prefix(of path: String) -> String {
    (FilePath.folder(of: path) as NSString)
      .appendingPathComponent(".\((path as NSString).lastPathComponent).")
  }

  private static func create(
    _ temporary: String, with bytes: UnsafeRawBufferPointer, for path: String
  ) throws(UnwritableFile) {
    // A leftover of a killed process that had our number is overwritten.
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .system(path) }
    do throws(UnwritableFile) {
      try OutputBytes.writeAll(bytes, to: descriptor, for: path)
      guard fsync(descriptor) == 0 else { throw .system(path) }
    } catch {
      close(descriptor)
      throw error
    }
    // Some file systems report only here that a block found no room.
    guard close(descriptor) == 0 else { throw .system(path) }
  }

  private static func compare(
    _ temporary: String, with bytes: UnsafeRawBufferPointer, for path: String
  ) throws(UnwritableFile) {
    guard isSame(temporary, as: bytes) else {
      throw UnwritableFile(file: path, reason: "what was written reads back otherwise")
    }
  }

  /// Whether a file holds these bytes: read by pieces, so that a large one takes no memory, the
  /// want of which would leave it behind.
  private static func isSame(_ file: String, as bytes: UnsafeRawBufferPointer) -> Bool {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 8) { piece in
      var position = 0
      while true {
        let count = read(descriptor, piece.baseAddress, piece.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return count == 0 && position == bytes.count }
        guard position + count <= bytes.count, let own = bytes.baseAddress,
          let read = piece.baseAddress, memcmp(own + position, read, count) == 0
        else { return false }
        position += count
      }
    }
  }

  static func syncFolder(
    of place: String, for path: String
  ) throws(UnwritableFile) {
    let folder = FilePath.folder(of: place)
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(path) }
    defer { close(descriptor) }
    // A file system that cannot sync a folder says EINVAL.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .system(path) }
  }
}
