/// A data file, plain or gzip, read from front to back.
///
/// Its first bytes decide whether it is compressed, not its name: browsers unpack files without
/// asking.
final class DataFile {
  private let file: PlainBytes
  private let bytes: any ByteReader
  /// How many bytes have been read, counted after unpacking.
  private var position = 0

  /// The most that is read at once, so that a header which promises too much costs nothing.
  private static let chunk = 4 << 20

  init(_ path: String, cure: String) throws(DatasetError) {
    file = try PlainBytes(path, cure: cure)
    let beginning = try file.bytes(at: 0, count: 6)
    let isPacked = beginning.starts(with: GzipBytes.beginning)
    if let packing = Packing.all.first(where: { beginning.starts(with: $0.beginning) }) {
      throw packing.error(for: path)
    }
    bytes = try isPacked ? GzipBytes(file) : file
  }

  var path: String { file.path }

  /// Whether the file is packed.
  var isPacked: Bool { bytes is GzipBytes }

  /// The next `count` bytes.
  ///
  /// - Throws: `DatasetError` when the file ends before, is damaged, or cannot be read.
  func read(_ count: Int) throws(DatasetError) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(min(count, Self.chunk))
    while result.count < count {
      let wanted = min(count - result.count, Self.chunk)
      let piece = try bytes.next(wanted)
      guard !piece.isEmpty else {
        throw failure(
          .truncated(path, expectedBytes: position + count, foundBytes: position + result.count))
      }
      result.append(contentsOf: piece)
    }
    position += count
    return result
  }

  /// All records up to the end, at least one, all of `size` bytes.
  ///
  /// - Parameters:
  ///   - size: The bytes of a record.
  ///   - count: How many records there are at most: a small packed file may unpack to more than
  ///     there is memory.
  /// - Returns: All bytes.
  /// - Throws: `DatasetError` when there are more, the last one is not whole, or the file is
  ///   damaged or cannot be read.
  func readRecords(of size: Int, atMost count: Int) throws(DatasetError) -> [UInt8] {
    var result: [UInt8] = []
    while case let piece = try bytes.next(Self.chunk), !piece.isEmpty {
      result += piece
      guard result.count <= count * size else {
        throw failure(.tooLong(path, expectedBytes: count * size))
      }
    }
    let records = max(1, (result.count + size - 1) / size)
    guard result.count == records * size else {
      throw failure(
        .truncated(path, expectedBytes: records * size, foundBytes: result.count))
    }
    position += result.count
    return result
  }

  /// The MD5 of all bytes, unpacked, and their number.
  ///
  /// - Throws: `DatasetError` when the file is damaged or cannot be read.
  func digest() throws(DatasetError) -> (md5: String, bytes: Int) {
    var sum = MD5()
    var count = 0
    while case let piece = try bytes.next(Self.chunk), !piece.isEmpty {
      sum.add(piece)
      count += piece.count
    }
    return (sum.hexadecimal, count)
  }

  /// Makes sure that nothing follows and, if compressed, that the checksum is right.
  ///
  /// - Throws: `DatasetError` when that is not so.
  func finish() throws(DatasetError) {
    guard try bytes.next(1).isEmpty else { throw failure(.tooLong(path, expectedBytes: position)) }
  }

  /// An error about this file.
  func failure(_ problem: DatasetError.Problem) -> DatasetError {
    file.failure(problem)
  }
}

/// A file that can say what is wrong with it.
protocol DatasetFile {
  /// Its path.
  var path: String { get }

  /// An error about it.
  func failure(_ problem: DatasetError.Problem) -> DatasetError
}

extension DataFile: DatasetFile {}

/// Bytes from front to back.
protocol ByteReader: AnyObject {
  /// The next bytes, at most `count`, none only at the end.
  ///
  /// - Throws: `DatasetError` when the file is damaged or cannot be read.
  func next(_ count: Int) throws(DatasetError) -> [UInt8]
}
