import Files
import Foundation
import TestSupport
import Testing

@Suite("Checkpoints")
struct CheckpointTests {
  /// An entry of every type, with what is easily lost.
  static var small: Checkpoint {
    var checkpoint = Checkpoint()
    checkpoint.entries = [
      "a.bytes": .bytes([0, 255, 7]), "a.whole": .int64([.min, -1, 0, .max]),
      "b": .float32([1.5, -0.0, .infinity, Float(bitPattern: 0x7FC0_1234)]),
      "c": .float64([.leastNonzeroMagnitude, Double(bitPattern: 0x7FF8_0000_0000_0042)]),
      "d": .texts(["", "é漢🙂\n", "x"]), "none": .float64([]), "no text": .texts([]),
    ]
    return checkpoint
  }

  /// FNV-1a over little-endian words of 64 bits, written down anew.
  private static func digest(_ bytes: Data) -> UInt64 {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for start in stride(from: 0, to: bytes.count, by: 8) {
      var word: UInt64 = 0
      for index in (start..<min(start + 8, bytes.count)).reversed() {
        word = word * 256 + UInt64(bytes[index])
      }
      hash = (hash ^ word).multipliedReportingOverflow(by: 1_099_511_628_211).partialValue
    }
    return hash
  }

  private static func words(_ numbers: UInt64...) -> Data {
    Data(
      numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } })
  }

  private func defect(_ bytes: Data) -> Checkpoint.Defect? {
    do throws(Checkpoint.Defect) {
      _ = try Checkpoint(bytes: bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test("the bytes are those that the README describes")
  func layout() {
    var checkpoint = Checkpoint()
    checkpoint.entries = ["b": .float32([1, -2]), "a": .texts(["x", ""])]
    let header =
      "[{\"byteCount\":3,\"count\":2,\"name\":\"a\",\"type\":\"text\"},"
      + "{\"byteCount\":8,\"count\":2,\"name\":\"b\",\"type\":\"float32\"}]"
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    var expected = Data("GRAFSCKP".utf8) + Self.words(1, UInt64(padded.utf8.count))
    expected += Data(padded.utf8)
    expected += Data([0x78, 0, 0, 0, 0, 0, 0, 0])
    expected += Data([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
    expected += Self.words(Self.digest(expected))
    #expect(checkpoint.bytes == expected)
  }

  @Test("what is read is what was written, to the last bit")
  func roundTrip() throws {
    let bytes = Self.small.bytes
    let back = try Checkpoint(bytes: bytes)
    #expect(back.names == Self.small.names)
    #expect(back.bytes == bytes)
    guard case .float32(let numbers) = back.entries["b"] else { return #expect(Bool(false)) }
    #expect(numbers.map(\.bitPattern) == [0x3FC0_0000, 0x8000_0000, 0x7F80_0000, 0x7FC0_1234])
    guard case .texts(let texts) = back.entries["d"] else { return #expect(Bool(false)) }
    #expect(texts == ["", "é漢🙂\n", "x"])
    // A slice counts from elsewhere.
    #expect(try Checkpoint(bytes: (Data([9, 9, 9]) + bytes).dropFirst(3)).bytes == bytes)
  }

  @Test("no flipped bit, no missing end and no added one passes")
  func damage() {
    let bytes = Self.small.bytes
    for position in bytes.indices {
      for bit in 0..<8 {
        var flipped = bytes
        flipped[position] ^= 1 << bit
        #expect(defect(flipped) == (position < 8 ? .foreign : .damaged), "byte \(position)")
      }
    }
    for count in bytes.indices {
      #expect(defect(bytes.prefix(count)) == (count < 8 ? .foreign : .damaged), "\(count) bytes")
    }
    #expect(defect(bytes + Data(count: 8)) == .damaged)
    #expect(defect(bytes + Data([1])) == .damaged)
    #expect(defect(Data("\u{89}HDF\r\n\u{1A}\n and so on, many bytes of it".utf8)) == .foreign)
  }

  @Test("another version is named")
  func otherVersion() {
    let body = Data("GRAFSCKP".utf8) + Self.words(2, 8) + Data("[]      ".utf8)
    #expect(defect(body + Self.words(Self.digest(body))) == .otherVersion(2))
  }

  @Test("a checksum over nonsense does not make it sense")
  func crafted() {
    for header in [
      "[]", "{}", "[{\"byteCount\":99,\"count\":1,\"name\":\"a\",\"type\":\"uint8\"}]",
    ] {
      for size: UInt64 in [0, 8, 1 << 40, .max] {
        let padded = header + String(repeating: " ", count: -header.utf8.count & 7)
        let body = Data("GRAFSCKP".utf8) + Self.words(1, size) + Data(padded.utf8)
        let isWhole = header == "[]" && size == 8
        #expect(defect(body + Self.words(Self.digest(body))) == (isWhole ? nil : .damaged))
      }
    }
  }

  /// A state of two parts, one of them in a group.
  private struct State {
    var numbers: [Float] = [1, 2]
    var count = 3

    mutating func code(_ coder: inout StateCoder) {
      coder.group("weights") { $0.code("w", &numbers, count: 2) }
      coder.code("count", &count)
    }
  }

  @Test(
    "what is missing, too many or of another kind is named",
    arguments: [
      ("weights.w", nil, "it has no entry 'weights.w'"),
      ("count", nil, "it has no entry 'count'"),
      ("more", .int64([1]), "it has an entry 'more' too many"),
      ("weights.w", .float32([1, 2, 3]), "its entry 'weights.w' has 3 elements instead of 2"),
      ("weights.w", .float64([1, 2]), "its entry 'weights.w' is of another type"),
      ("count", .int64([]), "its entry 'count' has 0 elements instead of 1"),
    ] as [(String, Checkpoint.Values?, String)])
  func mismatch(name: String, values: Checkpoint.Values?, expected: String) throws {
    var coder = StateCoder()
    var state = State()
    state.code(&coder)
    var checkpoint = try coder.finish()
    #expect(checkpoint.names == ["count", "weights.w"])
    checkpoint.entries[name] = values
    var reader = StateCoder(restoring: checkpoint)
    state.code(&reader)
    do throws(CheckpointMismatch) {
      _ = try reader.finish()
      Issue.record("it was taken")
    } catch {
      #expect(error.description == expected)
    }
    #expect(state.numbers == [1, 2] && state.count == 3)
  }
}
