/// A number that stands for the contents of all datasets of a file.
///
/// Fletcher's checksum of a chunk of zeros is zero, so a block of a disk that was never written
/// passes as a chunk with its checksum. The sum of this digest over all datasets does not.
///
/// Of one dataset it is FNV-1a over little-endian words of 64 bits, first the path, then the data,
/// each filled up with zeros to whole words. Changing any one word changes it.
package final class ContentDigest {
  /// The attribute of the root that holds the sum.
  package static let attribute = "content_digest"

  /// The sum over the datasets so far, modulo 2⁶⁴; their order does not matter.
  package private(set) var sum: UInt64 = 0

  /// Begins with no dataset.
  package init() {}

  /// Adds a dataset.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - data: Its elements as in the file: little-endian, row-major, texts with their filling.
  package func add<Element: BitwiseCopyable>(_ path: String, _ data: [Element]) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    Array(path.utf8).withUnsafeBytes { Self.update(&hash, $0) }
    data.withUnsafeBytes { Self.update(&hash, $0) }
    sum &+= hash
  }

  /// The digest of bytes alone.
  package static func digest(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    update(&hash, bytes)
    return hash
  }

  /// A digest of bytes that tells small, even changes apart: after every word its high bits are
  /// mixed into the low ones, so that two changes do not cancel.
  ///
  /// The step is that of MurmurHash3's finalizer (Appleby, 2011).
  package static func mixed(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(bytes.count)
    func add(_ word: UInt64) {
      hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
      hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
      hash ^= hash >> 33
    }
    let words = bytes.count / 8
    for index in 0..<words {
      add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)))
    }
    var last: UInt64 = 0
    for index in (words * 8..<bytes.count).reversed() { last = last << 8 | UInt64(bytes[index]) }
    if words * 8 < bytes.count { add(last) }
    return hash
  }

  private static func update(_ hash: inout UInt64, _ bytes: UnsafeRawBufferPointer) {
    let words = bytes.count / 8
    for index in 0..<words {
      let word = UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      hash = (hash ^ word) &* 0x100_0000_01B3
    }
    var last: UInt64 = 0
    for index in (words * 8..<bytes.count).reversed() { last = last << 8 | UInt64(bytes[index]) }
    if words * 8 < bytes.count { hash = (hash ^ last) &* 0x100_0000_01B3 }
  }
}
