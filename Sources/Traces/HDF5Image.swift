import CHDF5
import Files
import Foundation

/// An HDF5 file that is built in memory, or in a draft that is used as memory.
///
/// The library never writes to the disk: where a disk is full, libhdf5 1.10.8 crashes in a later
/// call. Our own `write` gets an error instead. The bytes are taken over when the library closes
/// the file, because only then are they those of a closed file (`H5Fget_file_image` leaves a wrong
/// checksum in the superblock).
final class HDF5Image {
  /// The open file; negative when it is closed.
  private(set) var file: hid_t = -1
  private let buffer: Buffer

  /// Creates the file.
  ///
  /// - Parameters:
  ///   - creation: File creation properties.
  ///   - step: By how many bytes the memory grows at a time.
  ///   - draft: What is filled; nil for memory.
  /// - Throws: `HDF5Error` if the library refuses.
  init(creation: borrowing HDF5Handle, step: Int, draft: DraftFile?) throws(HDF5Error) {
    buffer = Buffer(draft)
    let access = try HDF5Handle(H5Pcreate(chdf5_file_access()), "access properties")
    try HDF5Library.check(
      H5Pset_libver_bounds(access.id, H5F_LIBVER_V110, H5F_LIBVER_V110), "version bounds")
    try HDF5Library.check(H5Pset_fclose_degree(access.id, H5F_CLOSE_STRONG), "close degree")
    try HDF5Library.check(H5Pset_fapl_core(access.id, step, false), "memory driver")
    var callbacks = buffer.callbacks
    try HDF5Library.check(H5Pset_file_image_callbacks(access.id, &callbacks), "memory driver")
    file = try HDF5Library.check(
      H5Fcreate("trace", chdf5_truncate(), creation.id, access.id), "file")
  }

  // The library may still write to the buffer here; the buffer dies after this body.
  deinit { if file >= 0 { H5Idec_ref(file) } }

  /// Closes the file, so that its bytes are complete.
  ///
  /// - Throws: `HDF5Error` if something could not be written.
  func close() throws(HDF5Error) {
    defer { file = -1 }
    try HDF5Library.check(H5Idec_ref(file), "file")
  }

  /// The bytes of the closed file from its beginning; needs no access to the library.
  ///
  /// - Throws: `HDF5Error` if the file is not closed.
  func byteCount() throws(HDF5Error) -> Int {
    // Superblock versions 2 and 3: the address behind the last byte stands at offset 28.
    guard buffer.isComplete, let start = buffer.start, buffer.capacity >= 36 else {
      throw HDF5Error(object: "image", reason: "the file was not closed")
    }
    let end = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: 28, as: UInt64.self))
    guard end <= UInt64(buffer.capacity) else {
      throw HDF5Error(object: "image", reason: "\(end) bytes in a buffer of \(buffer.capacity)")
    }
    return Int(end)
  }

  /// Whether all bytes are in the draft.
  var isInDraft: Bool { buffer.draft != nil }

  /// Gives memory back to the system after so many bytes more were written, where a draft keeps
  /// what they were.
  func wrote(_ byteCount: Int) { buffer.wrote(byteCount) }

  /// Calls `body` with the bytes of the closed file; needs no access to the library.
  ///
  /// - Throws: `HDF5Error` if the file is not closed, and whatever `body` throws.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
    let count = try byteCount()
    return try body(UnsafeRawBufferPointer(start: buffer.start, count: count))
  }

  /// The memory that the library fills through callbacks.
  private final class Buffer {
    private(set) var start: UnsafeMutableRawPointer?
    private(set) var capacity = 0
    private(set) var isComplete = false
    /// What is filled; nil for memory, as also where a draft has found no room: the library gets
    /// through to the end then, since it crashes after a failure.
    private(set) var draft: DraftFile?
    private var unreleased = 0

    init(_ draft: DraftFile?) { self.draft = draft }

    deinit { if draft == nil { free(start) } }

    func wrote(_ byteCount: Int) {
      unreleased += byteCount
      guard unreleased >= 4 << 20 else { return }
      draft?.releasePages()
      unreleased = 0
    }

    /// Callbacks that point to this buffer without keeping it alive.
    var callbacks: H5FD_file_image_callbacks_t {
      H5FD_file_image_callbacks_t(
        image_malloc: { size, _, context in Buffer.from(context)?.resize(nil, to: size) },
        image_memcpy: { target, source, size, _, _ in
          guard let target, let source else { return nil }
          return memcpy(target, source, size)
        },
        image_realloc: { old, size, _, context in Buffer.from(context)?.resize(old, to: size) },
        image_free: { old, operation, context in
          guard let buffer = Buffer.from(context) else { return -1 }
          return buffer.release(old, isClosing: operation == H5FD_FILE_IMAGE_OP_FILE_CLOSE)
        },
        udata_copy: { $0 },
        udata_free: { _ in 0 },
        udata: Unmanaged.passUnretained(self).toOpaque())
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Buffer? {
      context.map { Unmanaged<Buffer>.fromOpaque($0).takeUnretainedValue() }
    }

    private func resize(_ old: UnsafeMutableRawPointer?, to size: Int) -> UnsafeMutableRawPointer? {
      let resized = if let draft { move(draft, to: size) } else { realloc(old, size) }
      guard let resized else { return nil }
      (start, capacity) = (resized, size)
      return resized
    }

    private func move(_ draft: DraftFile, to size: Int) -> UnsafeMutableRawPointer? {
      if let resized = draft.resize(to: size) { return resized }
      guard let memory = malloc(size) else { return nil }
      if let start { memcpy(memory, start, min(capacity, size)) }
      self.draft = nil
      return memory
    }

    private func release(_ old: UnsafeMutableRawPointer?, isClosing: Bool) -> herr_t {
      if old != start {
        free(old)
      } else if isClosing {
        isComplete = true
      } else {
        if draft == nil { free(old) }
        (start, capacity) = (nil, 0)
      }
      return 0
    }
  }
}
