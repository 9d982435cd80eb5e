import CZlib

/// The unpacked bytes of a gzip file of one member or several, one after the other (RFC 1952, 2.2).
///
/// zlib checks the checksum and the length at the end of each. Zeros may fill up the file, as gzip
/// itself has it; other bytes after the last end are an error.
final class GzipBytes: ByteReader {
  private let file: PlainBytes
  /// In one place for good: zlib remembers its address.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  /// Packed bytes read and not yet unpacked: `packed[used...]`.
  private var packed: [UInt8] = []
  private var used = 0
  private var isAtEnd = false

  private static let chunk = 1 << 18
  /// How every member begins (RFC 1952, 2.3.1).
  static let beginning: [UInt8] = [0x1F, 0x8B]

  init(_ file: PlainBytes) throws(DatasetError) {
    self.file = file
    stream.initialize(to: z_stream())
    let status = zlib_gunzip_begin(stream)
    guard status == Z_OK else {
      throw file.failure(
        .unreadable(file.path, reason: "zlib cannot start, code \(status)"))
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func next(_ count: Int) throws(DatasetError) -> [UInt8] {
    while !isAtEnd {
      if used == packed.count {
        packed = try file.next(Self.chunk)
        used = 0
        // Its last bytes are checksum and length.
        if packed.isEmpty { throw damaged("it ends too early") }
      }
      let (bytes, status) = inflateOnce(count)
      switch status {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END:
        isAtEnd = try !beginsAnotherMember()
      default:
        throw damaged(stream.pointee.msg.map { String(cString: $0) } ?? "zlib code \(status)")
      }
      if !bytes.isEmpty { return bytes }
    }
    return []
  }

  /// Whether another member follows, for which zlib is made ready.
  private func beginsAnotherMember() throws(DatasetError) -> Bool {
    packed.removeFirst(used)
    used = 0
    if packed.count < Self.beginning.count { packed += try file.next(Self.chunk) }
    if packed.starts(with: Self.beginning) {
      let status = inflateReset(stream)
      guard status == Z_OK else { throw damaged("zlib code \(status)") }
      return true
    }
    while !packed.isEmpty {
      guard packed.allSatisfy({ $0 == 0 }) else { throw damaged("other bytes follow its end") }
      packed = try file.next(Self.chunk)
    }
    return false
  }

  /// Unpacks what is at hand, at most `count` bytes.
  private func inflateOnce(_ count: Int) -> (bytes: [UInt8], status: Int32) {
    var status = Z_OK
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, found in
      packed.withUnsafeMutableBufferPointer { source in
        stream.pointee.next_in = source.baseAddress.map { $0 + used }
        stream.pointee.avail_in = UInt32(source.count - used)
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(count)
        status = inflate(stream, Z_NO_FLUSH)
        used = source.count - Int(stream.pointee.avail_in)
        found = count - Int(stream.pointee.avail_out)
      }
    }
    return (bytes, status)
  }

  private func damaged(_ reason: String) -> DatasetError {
    file.failure(.damagedGzip(file.path, reason: reason))
  }
}
