/// An array of unsigned bytes in an idx file, the format of MNIST and its descendants.
///
/// The file: two zero bytes, the type (0x08: unsigned byte), the number of dimensions; then every
/// extent as 4 bytes, most significant first; then the bytes, row-major.
/// Source: LeCun, Cortes, Burges, "The MNIST database", section on file formats.
struct IDXArray {
  /// The extents, outermost first.
  let extents: [Int]
  private let file: DataFile
  private let count: Int

  private static let unsignedByte: UInt8 = 0x08
  /// More than any image data set known here, less than would hurt.
  private static let largest = 1 << 30

  /// Reads the header: what the file promises can be compared with others before it costs memory.
  ///
  /// - Parameters:
  ///   - file: At its beginning.
  ///   - expected: The extents that the array must have; `nil` stands for any but 0.
  /// - Throws: `DatasetError` when the header says something else, or the file is truncated,
  ///   damaged or unreadable.
  init(_ file: DataFile, expected: [Int?]) throws(DatasetError) {
    let magic = try file.read(4)
    guard magic == [0, 0, Self.unsignedByte, UInt8(expected.count)] else {
      throw file.failure(
        .wrongFormat(
          file.path,
          expected: "an idx file of unsigned bytes in \(expected.count) dimensions "
            + "(magic 00 00 08 0\(expected.count))",
          found: "magic " + magic.map(Self.hexadecimal).joined(separator: " ")))
    }
    let header = try file.read(4 * expected.count)
    extents = stride(from: 0, to: header.count, by: 4).map { start in
      header[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
    }
    let fits = zip(extents, expected).allSatisfy { $0 > 0 && $0 == $1 ?? $0 }
    count = extents.reduce(1) { product, extent in
      let (next, overflows) = product.multipliedReportingOverflow(by: extent)
      return overflows || next > Self.largest ? Int.max : next
    }
    guard fits, count <= Self.largest else {
      let shape = expected.map { $0.map(String.init) ?? "n" }.joined(separator: "×")
      throw file.failure(
        .wrongFormat(
          file.path, expected: "extents \(shape), together 1…\(Self.largest) bytes",
          found: extents.map(String.init).joined(separator: "×")))
    }
    self.file = file
  }

  /// Reads the rest of the file.
  ///
  /// - Returns: `extents`, row-major.
  /// - Throws: `DatasetError` when the file is truncated, too long, damaged or unreadable.
  func bytes() throws(DatasetError) -> [UInt8] {
    let bytes = try file.read(count)
    try file.finish()
    return bytes
  }

  /// The MD5 of a file that holds the array.
  ///
  /// - Parameter bytes: What `bytes()` returned.
  /// - Returns: The digest, in hexadecimal.
  func digest(of bytes: [UInt8]) -> String {
    var sum = MD5()
    sum.add([0, 0, Self.unsignedByte, UInt8(extents.count)])
    for extent in extents {
      sum.add([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: extent >> $0) })
    }
    sum.add(bytes)
    return sum.hexadecimal
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
