import Files
import Foundation

/// Named tensors in a file of the format safetensors: the size of a JSON header, the header, the
/// numbers.
///
/// The header's size is 8 bytes, little-endian; for each tensor the header has its type, its shape
/// and the first and last byte of its numbers, which are little-endian and in row-major order.
/// Source: https://huggingface.co/docs/safetensors.
struct SafetensorsFile {
  /// A tensor as a file has it.
  struct Entry: Equatable {
    /// Such as `F32`, `I64`.
    let type: String
    let shape: [Int]
    let bytes: Data
  }

  /// The tensors by name.
  var entries: [String: Entry] = [:]
  /// Facts about the file, `__metadata__`.
  var metadata: [String: String] = [:]

  init() {}

  /// The bytes of an element of each type of the format.
  private static let widths = [
    "BOOL": 1, "U8": 1, "I8": 1, "F8_E5M2": 1, "F8_E4M3": 1, "I16": 2, "U16": 2, "F16": 2,
    "BF16": 2, "I32": 4, "U32": 4, "F32": 4, "I64": 8, "U64": 8, "F64": 8,
  ]

  /// The largest header that readers of the format take.
  private static let largestHeader = 100_000_000

  private static let metadataKey = "__metadata__"

  // MARK: - Writing

  /// A header's value for a tensor.
  private struct Description: Codable {
    let dtype: String
    let shape: [Int]
    // The key's name is the format's.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    let data_offsets: [Int]
  }

  /// The contents of the file: wide types first, then by name, so that all are aligned.
  ///
  /// - Throws: What the encoder throws.
  func bytes() throws -> Data {
    let sorted = entries.sorted {
      let widths = (Self.widths[$0.value.type] ?? 1, Self.widths[$1.value.type] ?? 1)
      return widths.0 != widths.1 ? widths.0 > widths.1 : $0.key < $1.key
    }
    var descriptions: [String: Description] = [:]
    var data = Data()
    for (name, entry) in sorted {
      let start = data.count
      data.append(entry.bytes)
      descriptions[name] = Description(
        dtype: entry.type, shape: entry.shape, data_offsets: [start, data.count])
    }
    var header = try SortedJSON.part(descriptions)
    if !metadata.isEmpty {
      let facts = try SortedJSON.part([Self.metadataKey: metadata])
      let isOnly = descriptions.isEmpty
      header = facts.dropLast() + Data((isOnly ? "" : ",").utf8) + header.dropFirst()
    }
    // Spaces up to a multiple of eight, so that the numbers are aligned.
    header.append(contentsOf: [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8))
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) } + header + data
  }

  // MARK: - Reading

  /// Reads the contents of a file.
  ///
  /// - Parameter contents: All bytes of the file.
  /// - Throws: `Defect` where they are not what the format says.
  init(_ contents: Data) throws(Defect) {
    let contents = Data(contents)  // Counts from 0.
    guard contents.count >= 8 else { throw Defect("has only \(contents.count) bytes") }
    let size = contents.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard size <= Self.largestHeader, Int(size) <= contents.count - 8 else {
      throw Defect("its header of \(size) bytes is longer than the file or than the format allows")
    }
    let data = contents.dropFirst(8 + Int(size))
    let header = try? JSONSerialization.jsonObject(with: contents[8..<8 + Int(size)])
    guard contents.count > 8, contents[8] == UInt8(ascii: "{"),
      var descriptions = header as? [String: Any]
    else { throw Defect("its header is no JSON object") }
    if let facts = descriptions.removeValue(forKey: Self.metadataKey) {
      guard let texts = facts as? [String: String] else {
        throw Defect("its \(Self.metadataKey) is no list of texts")
      }
      metadata = texts
    }
    var ranges: [Range<Int>] = []
    for (name, description) in descriptions.sorted(by: { $0.key < $1.key }) {
      let (type, shape, range) = try Self.described(description, name: name, size: data.count)
      let start = data.startIndex
      entries[name] = Entry(
        type: type, shape: shape,
        bytes: Data(data[start + range.lowerBound..<start + range.upperBound]))
      ranges.append(range)
    }
    var end = 0
    for range in ranges.sorted(by: {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }) {
      guard range.lowerBound == end else {
        throw Defect("its tensors overlap or leave a gap at byte \(end) of the data")
      }
      end = range.upperBound
    }
    guard end == data.count else {
      throw Defect("it has \(data.count) bytes of data, its tensors \(end)")
    }
  }

  /// A tensor's type, shape and bytes, each of them possible.
  private static func described(
    _ description: Any, name: String, size: Int
  ) throws(Defect) -> (type: String, shape: [Int], range: Range<Int>) {
    guard let values = description as? [String: Any], let type = values["dtype"] as? String,
      let shape = values["shape"] as? [Int], let offsets = values["data_offsets"] as? [Int],
      values.count == 3, offsets.count == 2
    else { throw Defect("its header does not describe '\(name)' by dtype, shape and data_offsets") }
    guard let width = widths[type] else { throw Defect("'\(name)' is of the unknown type \(type)") }
    guard 0 <= offsets[0], offsets[0] <= offsets[1], offsets[1] <= size else {
      throw Defect("'\(name)' is at bytes \(offsets), the data has \(size)")
    }
    var count = width
    for extent in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflows else { throw Defect("'\(name)' has the shape \(shape)") }
      count = product
    }
    guard count == offsets[1] - offsets[0] else {
      throw Defect(
        "'\(name)' has \(offsets[1] - offsets[0]) bytes instead of \(count) for \(type) \(shape)")
    }
    return (type, shape, offsets[0]..<offsets[1])
  }

  /// What is wrong with a file, such as `its header is no JSON object`.
  struct Defect: Error, Equatable {
    let text: String

    init(_ text: String) { self.text = text }
  }
}

extension SafetensorsFile.Entry {
  /// Makes an entry of single-precision numbers.
  init(_ scalars: [Float], shape: [Int]) {
    type = "F32"
    self.shape = shape
    bytes = scalars.withUnsafeBytes { Data($0) }
  }

  /// The numbers of a floating-point entry, in single precision; nil for another type.
  var floats: [Float]? {
    func elements<Bits: FixedWidthInteger>(_ type: Bits.Type) -> [Bits] {
      bytes.withUnsafeBytes { bytes in
        (0..<bytes.count / MemoryLayout<Bits>.size).map {
          Bits(
            littleEndian: bytes.loadUnaligned(
              fromByteOffset: $0 * MemoryLayout<Bits>.size, as: Bits.self))
        }
      }
    }
    switch type {
    case "F32": return elements(UInt32.self).map(Float.init(bitPattern:))
    case "F64": return elements(UInt64.self).map { Float(Double(bitPattern: $0)) }
    default: return nil
    }
  }
}
