import Files
import Foundation
import TestSupport
import Testing
import Traces

/// A trajectory whose full blocks lie in a file, and a trace that is written without being held.
@Suite("Long trajectories outside memory")
struct ColumnStoreTests {
  private let folder: TemporaryFolder
  /// Longer than a block in every column but the scalars.
  private static let whole = Trace.grafs(steps: 6_000, epochs: 3)

  init() throws { folder = try TemporaryFolder() }

  private func stored() throws -> (trajectory: Trajectory, expected: Trajectory) {
    let expected = try #require(Self.whole.trajectory)
    var trajectory = Trajectory(
      slots: expected.slots, functions: expected.curve.functions,
      curvePoints: expected.curve.points)
    trajectory.store = try #require(ColumnStore(in: folder.url))
    trajectory.append(contentsOf: expected)
    return (trajectory, expected)
  }

  @Test("every row reads back, one by one and all at once")
  func rows() throws {
    let (trajectory, expected) = try stored()
    #expect(try folder.names == [])
    #expect(trajectory == expected)
    let (found, held) = (trajectory.histories[1], expected.histories[1])
    for row in [0, 1, 711, 712, 713, 2_999, 5_998, 5_999] {
      #expect(found[row].alpha.elementsEqual(held[row].alpha, by: Self.isSame))
      #expect(found[row].mask == held[row].mask)
      #expect(trajectory.steps[row] == expected.steps[row])
    }
    #expect(trajectory.before(step: 4_000, epoch: 2) == expected.before(step: 4_000, epoch: 2))
    var cut = Trajectory.Extent()
    (cut.steps, cut.epochs) = (1_234, 1)
    #expect(trajectory.rows(from: cut) == expected.rows(from: cut))
    var joined = trajectory.prefix(cut)
    joined.append(contentsOf: trajectory.rows(from: cut))
    #expect(joined == expected)
  }

  @Test("a snapshot stays as it was while rows are appended and taken away")
  func snapshot() throws {
    var (trajectory, expected) = try stored()
    let snapshot = trajectory
    trajectory = trajectory.before(step: 10, epoch: 0)
    trajectory.append(contentsOf: expected.prefix(.init()))
    #expect(snapshot == expected)
    #expect(trajectory == expected.before(step: 10, epoch: 0))
  }

  @Test("a trace that is read into one is what it is in memory, and is published to the same bytes")
  func reading() throws {
    let (file, copy) = (folder.file("trace.h5"), folder.file("copy.h5"))
    try TraceFile.publish(Self.whole, to: file)
    let store = try #require(ColumnStore(in: folder.url))
    let read = try TraceFile.read(file, keepingRowsIn: store)
    #expect(read == Self.whole && read.trajectory?.store === store)
    try TraceFile.publish(read, to: copy)
    #expect(try Data(contentsOf: copy) == Data(contentsOf: file))
    // Without the file behind the store, rows could not be read: they are there and not in memory.
    #expect(try folder.names == ["copy.h5", "trace.h5"])
  }

  @Test("a disk that is full keeps no row from being recorded")
  func fullDisk() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let store = try #require(ColumnStore(in: folder.url))
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 300_000, rlim_max: 300_000)
      guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(1) }
      let expected = try #require(Trace.grafs(steps: 6_000, epochs: 3).trajectory)
      var trajectory = Trajectory(
        slots: expected.slots, functions: expected.curve.functions,
        curvePoints: expected.curve.points)
      trajectory.store = store
      trajectory.append(contentsOf: expected)
      let isSame = trajectory == expected
      #expect(isSame)
    }
  }

  @Test("a trace written by way of a draft has the bytes of one made in memory")
  func draft() throws {
    let (trajectory, _) = try stored()
    var trace = Self.whole
    trace.record = .relaxed(trajectory)
    try TraceFile.publish(trace, to: folder.file("draft.h5"), longestInMemory: 0)
    try TraceFile.publish(Self.whole, to: folder.file("memory.h5"), longestInMemory: .max)
    let bytes = try Data(contentsOf: folder.file("draft.h5"))
    #expect(bytes.count > 6_000 * 1_000)
    let isSame = try bytes == Data(contentsOf: folder.file("memory.h5"))
    #expect(isSame)
    #expect(try TraceFile.read(folder.file("draft.h5")) == Self.whole)
    // Short ones too, through a link, over an older file.
    let short = Trace.random(seed: 5, steps: 3)
    try FileManager.default.createSymbolicLink(
      at: folder.file("link.h5"), withDestinationURL: folder.file("draft.h5"))
    try TraceFile.publish(short, to: folder.file("link.h5"), longestInMemory: 0)
    #expect(try TraceFile.read(folder.file("draft.h5")) == short)
    #expect(try folder.names == ["draft.h5", "link.h5", "memory.h5"])
  }

  @Test("a draft that finds no room leaves the old file, and says why")
  func noRoom() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let old = Trace.random(seed: 2, steps: 5)
      try TraceFile.publish(old, to: folder.file(), longestInMemory: 0)
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 5_000_000, rlim_max: 5_000_000)
      guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(1) }
      let long = Trace.grafs(steps: 6_000, epochs: 3)
      #expect(throws: UnwritableFile(file: folder.file().path, reason: "File too large")) {
        try TraceFile.publish(long, to: folder.file())
      }
      #expect(try folder.names == ["trace.h5"])
      #expect(try TraceFile.read(folder.file()) == old)
    }
  }

  private static func isSame(_ left: Float, _ right: Float) -> Bool {
    left.bitPattern == right.bitPattern || left.isNaN && right.isNaN
  }
}
