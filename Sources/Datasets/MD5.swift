import Foundation

/// The MD5 of bytes, as data sets are published with.
///
/// It tells damaged files, not forged ones. These lines spare a library (OpenSSL, swift-crypto)
/// that nothing else here needs. Source: Rivest, RFC 1321, 1992.
package struct MD5 {
  private var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476]
  /// Bytes that do not fill a block yet.
  private var rest: [UInt8] = []
  private var count: UInt64 = 0

  /// How far the rounds rotate, four numbers each.
  private static let rotations: [UInt32] = [
    7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21,
  ]

  /// ⌊2³² |sin(i + 1)|⌋ for i = 0 … 63 (section 3.4), i in radians.
  private static let sines = (0..<64).map { UInt32(0x1p32 * abs(sin(Double($0 + 1)))) }

  /// Begins with no bytes.
  package init() {}

  /// Adds bytes.
  package mutating func add(_ bytes: [UInt8]) {
    count &+= UInt64(bytes.count)
    let all = rest.isEmpty ? bytes : rest + bytes
    let whole = all.count / 64 * 64
    all.withUnsafeBytes { all in
      for start in stride(from: 0, to: whole, by: 64) {
        addBlock(UnsafeRawBufferPointer(rebasing: all[start..<(start + 64)]))
      }
    }
    rest = Array(all[whole...])
  }

  /// The digest of all bytes so far: 32 digits.
  package var hexadecimal: String {
    var last = self
    let zeros = (119 - Int(count % 64)) % 64
    let bits = count &* 8
    last.add(
      [0x80] + [UInt8](repeating: 0, count: zeros)
        + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) })
    return last.state.map { word in
      (0..<4).map { byte in
        let text = String(word >> (8 * byte) & 0xFF, radix: 16)
        return text.count == 1 ? "0" + text : text
      }.joined()
    }.joined()
  }

  private mutating func addBlock(_ block: UnsafeRawBufferPointer) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    Self.sines.withUnsafeBufferPointer { sines in
      Self.rotations.withUnsafeBufferPointer { rotations in
        for step in 0..<64 {
          let (mixed, place): (UInt32, Int) =
            switch step / 16 {
            case 0: (d ^ (b & (c ^ d)), step)
            case 1: (c ^ (d & (b ^ c)), (5 * step + 1) % 16)
            case 2: (b ^ c ^ d, (3 * step + 5) % 16)
            default: (c ^ (b | ~d), 7 * step % 16)
            }
          let word = UInt32(
            littleEndian: block.loadUnaligned(fromByteOffset: 4 * place, as: UInt32.self))
          let sum = a &+ mixed &+ sines[step] &+ word
          let rotation = rotations[step / 16 * 4 + step % 4]
          (a, d, c, b) = (d, c, b, b &+ (sum << rotation | sum >> (32 - rotation)))
        }
      }
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
  }
}
