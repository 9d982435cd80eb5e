import Foundation

/// The bytes of a file as they lie on the disk.
final class PlainBytes: ByteReader {
  let path: String
  /// What to do when the file is damaged.
  private let cure: String
  private let descriptor: Int32

  init(_ path: String, cure: String) throws(DatasetError) {
    self.path = path
    self.cure = cure
    // Without O_NONBLOCK a pipe of that name would wait for a writer.
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR ? failure(.missingFile(path)) : unreadable()
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable() }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw failure(.notAFile(path, found: "a folder"))
    default: throw failure(.notAFile(path, found: "a pipe or device"))
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func next(_ count: Int) throws(DatasetError) -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, found in
      guard let start = target.baseAddress else { return }
      while found < count {
        let got = Foundation.read(descriptor, start + found, count - found)
        if got < 0 && errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { break }
        found += got
      }
    }
    if failed { throw unreadable() }
    return bytes
  }

  /// The length of the file.
  func size() throws(DatasetError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable() }
    return Int(status.st_size)
  }

  /// Some bytes in the middle, fewer only at the end; `next` goes on where it was.
  func bytes(at position: Int, count: Int) throws(DatasetError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let found = pread(descriptor, &bytes, count, off_t(position))
    guard found >= 0 else { throw unreadable() }
    return Array(bytes.prefix(found))
  }

  /// An error about this file.
  func failure(_ problem: DatasetError.Problem) -> DatasetError {
    DatasetError(problem, cure: cure)
  }

  private func unreadable() -> DatasetError {
    DatasetError(unreadable: path, errno, otherwise: "try again, or \(cure)")
  }
}
