import Foundation

/// A file that is filled as if it were memory, and then takes the place of another as a whole.
///
/// The system writes its pages to the disk when it needs their memory, so that a long file costs
/// the process none. All blocks are reserved before they are touched: a full disk is an error here,
/// and not a signal later.
///
/// Only Linux reserves blocks so; elsewhere there is no draft, nor where a file system lacks it.
package final class DraftFile {
  private let path: String
  private let place: String
  private let temporary: String
  private let descriptor: Int32
  private var isFinished = false
  /// The first byte; another one after each `resize`, nil while the file is empty.
  package private(set) var start: UnsafeMutableRawPointer?
  /// Bytes reserved.
  package private(set) var capacity = 0
  /// Why the last `resize` failed.
  package private(set) var failure: UnwritableFile?
  private var isLacking = false

  /// Whether `resize` failed because the file system cannot do this at all.
  package var isUnsupported: Bool { failure != nil && isLacking }

  /// Begins a draft of what shall stand at `path`; nil where that is no file, or no draft is
  /// possible, and bytes are written as a whole.
  ///
  /// - Parameter path: Where the finished file goes; behind all links.
  /// - Throws: `UnwritableFile` with the system's reason.
  package init?(replacing path: String) throws(UnwritableFile) {
    #if os(Linux)
      guard case .file(let place) = try OutputTarget(of: path) else { return nil }
      self.path = path
      self.place = place
      temporary = AtomicFile.temporary(for: place)
      descriptor = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw .system(path) }
    #else
      return nil
    #endif
  }

  deinit {
    unmap()
    close(descriptor)
    if !isFinished { unlink(temporary) }
  }

  /// Makes room for `size` bytes; those that are there stay.
  ///
  /// - Returns: Where they lie now; nil if there is no room, see `failure`, and nothing has moved.
  package func resize(to size: Int) -> UnsafeMutableRawPointer? {
    if size <= capacity, let start { return start }
    #if os(Linux)
      var error = EINTR
      while error == EINTR {
        error = posix_fallocate(descriptor, off_t(capacity), off_t(size - capacity))
      }
      guard error == 0 else { return fail(error) }
    #endif
    let mapped = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    guard let mapped, mapped != MAP_FAILED else { return fail(errno) }
    unmap()
    (start, capacity) = (mapped, size)
    return mapped
  }

  /// Gives the memory of the pages written so far back to the system, which keeps their contents.
  package func releasePages() {
    if let start { madvise(start, capacity, MADV_DONTNEED) }
  }

  /// Cuts the file after `count` bytes, syncs it, and puts it in its place.
  ///
  /// - Throws: `UnwritableFile` with the system's reason; what stood there still stands.
  package func finish(count: Int) throws(UnwritableFile) {
    unmap()
    guard ftruncate(descriptor, off_t(count)) == 0, fsync(descriptor) == 0,
      rename(temporary, place) == 0
    else { throw .system(path) }
    isFinished = true
    try AtomicFile.syncFolder(of: place, for: path)
  }

  private func fail(_ error: Int32) -> UnsafeMutableRawPointer? {
    errno = error
    failure = .system(path)
    isLacking = [EOPNOTSUPP, ENODEV, EINVAL].contains(error)
    return nil
  }

  private func unmap() {
    if let start { munmap(start, capacity) }
    start = nil
  }
}
