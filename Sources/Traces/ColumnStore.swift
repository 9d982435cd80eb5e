import Files
import Foundation
import Synchronization

/// A file without a name in which the full blocks of growing columns lie, so that a long search
/// needs no more memory than a short one.
///
/// It is gone with the process, however that ends. Checkpoints and traces do not need it.
public final class ColumnStore: Sendable {
  /// Where a block lies.
  struct Place: Sendable {
    fileprivate let store: ColumnStore
    fileprivate let offset: Int

    /// Some of the block's elements.
    ///
    /// - Precondition: They were written as elements of this type, and can be read back: what the
    ///   disk has lost can no longer be searched for, and the checkpoints on it may be whole.
    func elements<Element: BitwiseCopyable>(_ range: Range<Int>) -> [Element] {
      let stride = MemoryLayout<Element>.stride
      return Array(unsafeUninitializedCapacity: range.count) { buffer, count in
        let bytes = UnsafeMutableRawBufferPointer(buffer)[..<(range.count * stride)]
        let isRead = store.read(
          UnsafeMutableRawBufferPointer(rebasing: bytes),
          at: offset + range.lowerBound * stride)
        precondition(isRead, "column store: the disk does not give back what was written to it")
        count = range.count
      }
    }
  }

  private let descriptor: Int32
  private let end = Atomic<Int>(0)

  /// Makes an empty one; nil where no file can be made, and columns are kept in memory then.
  ///
  /// - Parameter folder: On whose disk it lies, such as the run's folder.
  public init?(in folder: URL) {
    let path = folder.appendingPathComponent(AtomicFile.temporaryName).path
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    unlink(path)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Writes a block.
  ///
  /// - Returns: Where it lies; nil if there is no room.
  func write<Element: BitwiseCopyable>(_ block: [Element]) -> Place? {
    block.withUnsafeBytes { bytes in
      guard let first = bytes.baseAddress else { return nil }
      let offset = end.add(bytes.count, ordering: .relaxed).oldValue
      var done = 0
      while done < bytes.count {
        let count = pwrite(descriptor, first + done, bytes.count - done, off_t(offset + done))
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return nil }
        done += count
      }
      return Place(store: self, offset: offset)
    }
  }

  private func read(_ bytes: UnsafeMutableRawBufferPointer, at offset: Int) -> Bool {
    guard let first = bytes.baseAddress else { return true }
    var done = 0
    while done < bytes.count {
      let count = pread(descriptor, first + done, bytes.count - done, off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }
}
