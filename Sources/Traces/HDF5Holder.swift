import Files
import Foundation

/// Another program that has an HDF5 file open to change it.
enum HDF5Holder {
  /// The consistency flags of a superblock of version 3 stand behind signature, version and two
  /// sizes: bit 0 is set while somebody may write, bit 2 during SWMR writes.
  ///
  /// Source: HDF5 File Format Specification 3.0, II.A, superblock versions 2 and 3.
  private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
  private static let flags = 11
  private static let writers: UInt8 = 0b101

  /// Whether another program has locked the file against readers.
  static func isLocked(_ path: String) -> Bool { LockProbe.isLocked(path) == true }

  /// Whether the file is marked as one that somebody has open to change it.
  static func isMarkedOpen(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var start = [UInt8](repeating: 0, count: flags + 1)
    guard pread(descriptor, &start, start.count, 0) == start.count else { return false }
    return start.starts(with: signature) && start[signature.count] == 3
      && start[flags] & writers != 0
  }
}
