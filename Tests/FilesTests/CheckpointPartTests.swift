import Files
import Foundation
import TestSupport
import Testing

@Suite("Parts that checkpoints have in common")
struct CheckpointPartTests {
  private static func part(_ number: Int64) -> Checkpoint {
    var part = Checkpoint()
    part.entries["rows"] = .int64([number, 2 * number])
    return part
  }

  @Test("are read back by their digests, are no checkpoints, and go with them")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    var files = CheckpointFolder(folder.url)
    let digests = try (0..<3).map { try files.write(Self.part(Int64($0)), asPart: $0) }
    #expect(Set(digests).count == 3)
    for number in 0..<3 {
      let part = try files.part(number, digest: digests[number])
      #expect(part.bytes == Self.part(Int64(number)).bytes)
    }
    #expect(files.steps == [])
    for step in 1...4 { try files.write(Checkpoint(), step: step) }
    #expect(
      try folder.names == [
        "checkpoint-3.grafs", "checkpoint-4.grafs", "checkpoint-part-0.grafs",
        "checkpoint-part-1.grafs", "checkpoint-part-2.grafs",
      ])
    files.removeAll()
    #expect(try folder.names == [])
  }

  @Test("one that is missing, damaged or another one is named")
  func mismatches() throws {
    let folder = try TemporaryFolder()
    let files = CheckpointFolder(folder.url)
    let first = try files.write(Self.part(7), asPart: 0)
    let second = try files.write(Self.part(8), asPart: 1)
    #expect(
      throws: CheckpointMismatch("its part checkpoint-part-2.grafs cannot be read"),
      performing: { try files.part(2, digest: first) })
    let damaged = CheckpointMismatch("its part checkpoint-part-0.grafs is damaged or another one")
    #expect(throws: damaged, performing: { try files.part(0, digest: second) })
    let file = files.file(part: 0)
    let bytes = try Data(contentsOf: file)
    for position in stride(from: 0, to: bytes.count, by: 7) {
      var changed = bytes
      changed[position] ^= 4
      try changed.write(to: file)
      #expect(throws: damaged, performing: { try files.part(0, digest: first) })
    }
    try bytes.dropLast().write(to: file)
    #expect(throws: damaged, performing: { try files.part(0, digest: first) })
  }
}
