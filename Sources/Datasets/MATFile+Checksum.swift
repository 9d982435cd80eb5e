import CZlib

extension MATFile {
  /// Unpacks an element to its end, for the checksum there: libmatio stops before it, and makes
  /// other numbers of a damaged file without a word.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - start: Where the packed bytes begin.
  ///   - count: Their number.
  /// - Throws: `DatasetError` when they are not what was packed.
  static func checkPacked(
    _ file: PlainBytes, from start: Int, count: Int
  ) throws(DatasetError) {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer {
      inflateEnd(stream)
      stream.deallocate()
    }
    var status = zlib_inflate_begin(stream)
    var unpacked = [UInt8](repeating: 0, count: 1 << 18)
    var position = start
    while status == Z_OK, position < start + count {
      var packed = try file.bytes(at: position, count: min(1 << 18, start + count - position))
      if packed.isEmpty { break }
      position += packed.count
      packed.withUnsafeMutableBufferPointer { source in
        stream.pointee.next_in = source.baseAddress
        stream.pointee.avail_in = UInt32(source.count)
        repeat {
          status = unpacked.withUnsafeMutableBufferPointer { target in
            stream.pointee.next_out = target.baseAddress
            stream.pointee.avail_out = UInt32(target.count)
            return inflate(stream, Z_NO_FLUSH)
          }
        } while status == Z_OK && (stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0)
        // No more input at the very end of a piece is no error.
        if status == Z_BUF_ERROR { status = Z_OK }
      }
    }
    guard status == Z_STREAM_END, position == start + count, stream.pointee.avail_in == 0 else {
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "zlib code \(status)"
      throw file.failure(
        .unreadable(file.path, reason: "damaged from byte \(start) on: \(reason)"))
    }
  }
}
