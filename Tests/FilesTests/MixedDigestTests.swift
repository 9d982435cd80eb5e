import Files
import Testing

@Suite struct MixedDigestTests {
  /// Two changes of the top bits of two words cancel in FNV-1a over words; of pixels, that is every
  /// second picture inverted.
  @Test("tells changes apart that cancel in a sum")
  func changes() {
    var bytes = (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 73) }
    var seen: Set<UInt64> = [bytes.withUnsafeBytes(ContentDigest.mixed)]
    for first in stride(from: 7, to: 256, by: 8) {
      for second in stride(from: first + 8, to: 256, by: 8) {
        bytes[first] ^= 0x80
        bytes[second] ^= 0x80
        seen.insert(bytes.withUnsafeBytes(ContentDigest.mixed))
        bytes[first] ^= 0x80
        bytes[second] ^= 0x80
      }
    }
    #expect(seen.count == 1 + 32 * 31 / 2)
    #expect(
      Array("ab".utf8).withUnsafeBytes(ContentDigest.mixed)
        != Array("ab\0".utf8).withUnsafeBytes(ContentDigest.mixed))
  }
}
