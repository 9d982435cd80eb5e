import Foundation
import TestSupport
import Testing
import Traces

/// A damaged file gives an error, or it gives the trace (where a byte without meaning was hit):
/// never another trace.
@Suite struct DamagedFileTests {
  private let folder: TemporaryFolder
  private let trace = Trace.random(seed: 11, steps: 60)
  private let bytes: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    try TraceFile.publish(trace, to: folder.file())
    bytes = try [UInt8](Data(contentsOf: folder.file()))
  }

  /// Whether reading `damaged` fails; records an issue if it succeeds with another trace.
  private func isNoticed(_ damaged: [UInt8], _ what: String) throws -> Bool {
    let file = folder.file("damaged.h5")
    try Data(damaged).write(to: file)
    do throws(TraceError) {
      let read = try TraceFile.read(file)
      let isSame = read == trace
      #expect(isSame, "\(what): silently wrong")
      return false
    } catch {
      #expect(!error.description.contains("\n"), "\(what): \(error)")
      #expect(error.description.hasPrefix(file.path), "\(what): \(error)")
      return true
    }
  }

  @Test func everyTruncationIsNoticed() throws {
    let lengths = Array(0...64) + Array(stride(from: 65, to: bytes.count, by: bytes.count / 200))
    for length in lengths + [bytes.count - 1] {
      #expect(try isNoticed(Array(bytes[..<length]), "\(length) of \(bytes.count) bytes"))
    }
  }

  @Test func aByteThatChangedIsNeverReadSilently() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var stream = TestStream(seed: seed)
    var noticed = 0
    for _ in 0..<600 {
      let position = Int.random(in: bytes.indices, using: &stream)
      let flip = UInt8.random(in: 1...255, using: &stream)
      var damaged = bytes
      damaged[position] ^= flip
      if try isNoticed(damaged, "seed \(seed), byte \(position) ^ \(flip)") { noticed += 1 }
    }
    // The rest hit bytes that mean nothing: gaps, indices of other tools, unused entries.
    #expect(noticed > 200, "seed \(seed): only \(noticed) of 600 changes were noticed")
  }

  @Test func everyBitOfTheSuperblockCounts() throws {
    for position in 0..<48 {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[position] ^= 1 << bit
        #expect(try isNoticed(damaged, "bit \(bit) of byte \(position)"))
      }
    }
  }

  @Test func aBlockOfZerosOrOfOtherDataIsNeverReadSilently() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var stream = TestStream(seed: seed)
    for index in 0..<400 {
      let start = Int.random(in: bytes.indices, using: &stream)
      let end = min(bytes.count, start + 512)
      var damaged = bytes
      let source = Int.random(in: 0..<bytes.count - 512, using: &stream)
      for position in start..<end {
        damaged[position] = index.isMultiple(of: 2) ? 0 : bytes[source + position - start]
      }
      _ = try isNoticed(damaged, "seed \(seed), block at \(start) of case \(index)")
    }
  }
}
