import Files
import Foundation
import TestSupport
import Testing

@Suite("Folders of checkpoints")
struct CheckpointFolderTests {
  private let folder: TemporaryFolder
  private let files: CheckpointFolder

  init() throws {
    folder = try TemporaryFolder()
    files = CheckpointFolder(folder.url)
  }

  /// A checkpoint that is known by its number.
  private static func checkpoint(_ number: Int) -> Checkpoint {
    var checkpoint = Checkpoint()
    checkpoint.entries["number"] = .int64([Int64(number)])
    return checkpoint
  }

  private static func number(_ checkpoint: Checkpoint) -> Int? {
    guard case .int64(let numbers) = checkpoint.entries["number"] else { return nil }
    return numbers.first.map { Int($0) }
  }

  /// What a new process finds: the number of the checkpoint used, and the complaints.
  private func found(_ files: inout CheckpointFolder) -> (number: Int?, complaints: [String]) {
    var number: Int?
    let (step, rejected) = files.restore { number = Self.number($0) }
    #expect((step == nil) == (number == nil))
    return (number, rejected.map { "\($0.file.lastPathComponent): \($0.defect)" })
  }

  @Test("the last two are kept, by their numbers and not by their names")
  func lastTwo() throws {
    var files = files
    try folder.write([1], to: "notes.txt")
    try folder.write([1], to: "checkpoint-5.grafs.bak")
    for step in [0, 2, 9, 10, 11] {
      try files.write(Self.checkpoint(step), step: step)
      #expect(files.steps.last == step && files.steps.count <= 2)
    }
    #expect(
      try folder.names == [
        "checkpoint-10.grafs", "checkpoint-11.grafs", "checkpoint-5.grafs.bak", "notes.txt",
      ])
    try files.write(Self.checkpoint(99), step: 11)
    #expect(files.steps == [10, 11])
    #expect(found(&files) == (99, []))
    files.removeAll()
    #expect(try folder.names == ["checkpoint-5.grafs.bak", "notes.txt"])
    #expect(found(&files) == (nil, []))
  }

  @Test("a damaged one is named, the one before is used, and the next one replaces it")
  func damaged() throws {
    var files = files
    for step in [3, 4] { try files.write(Self.checkpoint(step), step: step) }
    var bytes = try Data(contentsOf: files.file(step: 4))
    bytes[bytes.count / 2] ^= 4
    try bytes.write(to: files.file(step: 4))
    try Data("something else".utf8).write(to: files.file(step: 70))
    var later = CheckpointFolder(folder.url)
    #expect(
      found(&later) == (
        3,
        [
          "checkpoint-70.grafs: not a checkpoint",
          "checkpoint-4.grafs: truncated or damaged, its checksum differs",
        ]
      ))
    #expect(later.steps == [3, 4, 70])
    try later.write(Self.checkpoint(5), step: 5)
    #expect(later.steps == [3, 5])
    try later.write(Self.checkpoint(6), step: 6)
    #expect(later.steps == [5, 6])
  }

  @Test("one that does not fit is named too, and none may be left")
  func mismatch() throws {
    var files = files
    for step in [3, 4] { try files.write(Self.checkpoint(step), step: step) }
    let (step, rejected) = files.restore { _ throws(CheckpointMismatch) in
      throw CheckpointMismatch("it is another's")
    }
    #expect(step == nil)
    #expect(rejected.map(\.defect) == ["it is another's", "it is another's"])
  }

  @Test("a folder in the place of a file is named")
  func unreadable() throws {
    var files = files
    try FileManager.default.createDirectory(
      at: files.file(step: 1), withIntermediateDirectories: false)
    let (number, complaints) = found(&files)
    #expect(number == nil && complaints.count == 1)
    #expect(complaints.first?.contains("checkpoint-1.grafs: cannot be read") == true)
  }

  @Test("leftovers of killed processes go, and nothing else")
  func leftovers() throws {
    for name in [".checkpoint-7.grafs.12-1.partial", ".trace.h5.12-1.partial", "x.partial"] {
      try folder.write([1], to: name)
    }
    files.removeLeftovers()
    #expect(try folder.names == [".trace.h5.12-1.partial", "x.partial"])
  }

  @Test("a full disk leaves what was there")
  func fullDisk() async {
    // A limit on the size of files stands for the full disk: it ends `write` in the same place.
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      var files = CheckpointFolder(folder.url)
      for step in [1, 2] { try files.write(CheckpointTests.small, step: step) }
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 10_000, rlim_max: 10_000)
      guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(1) }
      var large = CheckpointTests.small
      large.entries["large"] = .bytes([UInt8](repeating: 1, count: 20_000))
      let file = files.file(step: 3).path
      #expect(throws: UnwritableFile(file: file, reason: "File too large")) {
        try files.write(large, step: 3)
      }
      #expect(try folder.names == ["checkpoint-1.grafs", "checkpoint-2.grafs"])
      var used: Checkpoint?
      let (step, rejected) = files.restore { used = $0 }
      #expect(step == 2 && rejected.isEmpty && used?.bytes == CheckpointTests.small.bytes)
    }
  }
}
