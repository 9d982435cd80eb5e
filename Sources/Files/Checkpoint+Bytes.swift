import Foundation

extension Checkpoint {
  /// The first bytes of every checkpoint.
  static let magic = Array("GRAFSCKP".utf8)
  /// The version of the container: magic, version, length of the header, header, data, checksum.
  static let version: UInt64 = 1

  /// What is wrong with bytes that should be a checkpoint.
  public enum Defect: Error, Sendable, Hashable, CustomStringConvertible {
    /// They do not begin as a checkpoint does.
    case foreign
    /// Their container is of another version.
    case otherVersion(UInt64)
    /// Their checksum differs, or they are too short to have one.
    case damaged

    /// What is wrong, for a line that names the file.
    public var description: String {
      switch self {
      case .foreign: "not a checkpoint"
      case .otherVersion(let found):
        "a checkpoint of version \(found), this program reads version \(Checkpoint.version)"
      case .damaged: "truncated or damaged, its checksum differs"
      }
    }
  }

  /// An entry in the JSON header; the data of entries follow each other, each filled up to 8 bytes.
  private struct Entry: Codable {
    let name: String
    let type: String
    let count: Int
    let byteCount: Int
  }

  /// The checkpoint as the contents of a file; equal checkpoints give equal bytes.
  public var bytes: Data {
    let parts = names.map { name -> (entry: Entry, data: Data) in
      let values = entries[name] ?? .bytes([])
      let data = values.data
      return (
        Entry(name: name, type: values.type, count: values.count, byteCount: data.count), data
      )
    }
    // Names, types and counts: nothing that JSON cannot hold.
    guard var header = try? SortedJSON.part(parts.map(\.entry)) else {
      preconditionFailure("checkpoint: a header that is no JSON: \(names)")
    }
    header.append(Self.filling(header.count, with: UInt8(ascii: " ")))
    var result = Data(Self.magic)
    result.append(Self.version)
    result.append(UInt64(header.count))
    result.append(header)
    for part in parts {
      result.append(part.data)
      result.append(Self.filling(part.data.count, with: 0))
    }
    result.append(result.withUnsafeBytes(ContentDigest.digest))
    return result
  }

  /// Reads the contents of a file.
  ///
  /// - Parameter bytes: All of them.
  /// - Throws: `Defect`.
  public init(bytes: Data) throws(Defect) {
    let bytes = Data(bytes)
    guard bytes.starts(with: Self.magic) else { throw .foreign }
    guard bytes.count >= 32, bytes.count.isMultiple(of: 8) else { throw .damaged }
    // The checksum first: whatever else is read was written by this program.
    let digest = bytes.dropLast(8).withUnsafeBytes(ContentDigest.digest)
    guard bytes.word(at: bytes.count - 8) == digest else { throw .damaged }
    guard bytes.word(at: 8) == Self.version else { throw .otherVersion(bytes.word(at: 8)) }
    guard
      let headerSize = Int(exactly: bytes.word(at: 16)), headerSize <= bytes.count - 32,
      let header = try? SortedJSON.value(
        [Entry].self, from: bytes[24..<24 + headerSize], keys: .asNamed)
    else { throw .damaged }
    var position = 24 + headerSize
    for entry in header {
      guard
        entry.byteCount >= 0, entry.byteCount <= bytes.count - 8 - position,
        let values = Values(entry.type, bytes[position..<position + entry.byteCount]),
        values.count == entry.count
      else { throw .damaged }
      entries[entry.name] = values
      position += (entry.byteCount + 7) & ~7
    }
    guard position == bytes.count - 8 else { throw .damaged }
  }

  private static func filling(_ count: Int, with byte: UInt8) -> Data {
    Data(repeating: byte, count: -count & 7)
  }
}

extension Checkpoint.Values {
  /// The number of elements.
  var count: Int {
    switch self {
    case .bytes(let values): values.count
    case .int64(let values): values.count
    case .float32(let values): values.count
    case .float64(let values): values.count
    case .texts(let values): values.count
    }
  }

  /// The type's name in the file.
  fileprivate var type: String {
    switch self {
    case .bytes: "uint8"
    case .int64: "int64"
    case .float32: "float32"
    case .float64: "float64"
    case .texts: "text"
    }
  }

  /// The elements, little-endian; texts end with a zero byte each.
  fileprivate var data: Data {
    switch self {
    case .bytes(let values): Data(values)
    case .int64(let values): values.map { $0.littleEndian }.withUnsafeBytes { Data($0) }
    case .float32(let values):
      values.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Data($0) }
    case .float64(let values):
      values.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Data($0) }
    case .texts(let values): Data(values.flatMap { Array($0.utf8) + [0] })
    }
  }

  /// Reads elements; nil if there is no such type, or a part of an element.
  fileprivate init?(_ type: String, _ data: Data) {
    switch type {
    case "uint8": self = .bytes(Array(data))
    case "int64":
      guard let words: [Int64] = data.numbers() else { return nil }
      self = .int64(words.map { Int64(littleEndian: $0) })
    case "float32":
      guard let words: [UInt32] = data.numbers() else { return nil }
      self = .float32(words.map { Float(bitPattern: UInt32(littleEndian: $0)) })
    case "float64":
      guard let words: [UInt64] = data.numbers() else { return nil }
      self = .float64(words.map { Double(bitPattern: UInt64(littleEndian: $0)) })
    case "text":
      guard data.isEmpty || data.last == 0 else { return nil }
      let texts = data.dropLast().split(separator: 0, omittingEmptySubsequences: false)
      self = .texts(data.isEmpty ? [] : texts.map { String(decoding: $0, as: UTF8.self) })
    default: return nil
    }
  }
}

extension Data {
  fileprivate mutating func append(_ word: UInt64) {
    Swift.withUnsafeBytes(of: word.littleEndian) { append(contentsOf: $0) }
  }

  fileprivate func word(at position: Int) -> UInt64 {
    withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }
  }

  /// The elements of a list of numbers; nil if a part of one is left over.
  fileprivate func numbers<Number: FixedWidthInteger & BitwiseCopyable>() -> [Number]? {
    let size = MemoryLayout<Number>.size
    guard count.isMultiple(of: size) else { return nil }
    return withUnsafeBytes { bytes in
      (0..<count / size).map {
        bytes.loadUnaligned(fromByteOffset: $0 * size, as: Number.self)
      }
    }
  }
}
