import CHDF5
import Foundation
import TestSupport
import Testing
import Traces

@Suite struct RoundTripTests {
  @Test(arguments: 0..<20)
  func readingReturnsWhatWasWritten(index: Int) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    let trace = Trace.random(seed: seed, steps: [0, 1, 2, 37, 300][index % 5], epochs: index % 4)
    let folder = try TemporaryFolder()
    try TraceFile.publish(trace, to: folder.file())
    let isSame = try TraceFile.read(folder.file()) == trace
    #expect(isSame, "seed \(seed)")
    #expect(try folder.names == ["trace.h5"])
  }

  @Test func anEmptyTraceIsReadBack() throws {
    let trace = Trace(
      header: .init(seed: .max), configuration: "", record: .relaxed(Trajectory(slots: [])))
    let folder = try TemporaryFolder()
    try TraceFile.publish(trace, to: folder.file())
    let isSame = try TraceFile.read(folder.file()) == trace
    #expect(isSame)
  }

  @Test func aRowOfNaNIsReadBackAsNaN() throws {
    let slot = Trajectory.Slot(
      name: "u0", operations: ["relu", "x_plus_beta"], learnable: ["x_plus_beta"])
    var trajectory = Trajectory(slots: [slot])
    let nan = [Float](repeating: .nan, count: 2)
    let state = Trajectory.SlotState(
      alpha: nan, concentration: nan, weights: nan, mask: [true, false], scalars: [.nan])
    trajectory.append(.init(step: 0, epoch: 0, phase: .warmStart), states: [state])
    let trace = Trace(header: .init(seed: 7), configuration: "", record: .relaxed(trajectory))
    let folder = try TemporaryFolder()
    try TraceFile.publish(trace, to: folder.file())
    let read = try TraceFile.read(folder.file())
    #expect(read == trace)
    let found = try #require(read.trajectory)
    #expect(found.steps[0].trainLoss.isNaN)
    #expect(found.histories[0].alpha.allSatisfy { $0.isNaN })
    #expect(found.histories[0].mask == [true, false])
  }

  @Test func manyChunksAreReadBack() throws {
    // 40,000 rows of 23 operations are 3.7 MB: several chunks, the last one not full.
    var trajectory = Trajectory(slots: [.init(name: "u0", operations: (0..<23).map { "op\($0)" })])
    for step in 0..<40_000 {
      let row = (0..<23).map { Float(step * 23 + $0) }
      let state = Trajectory.SlotState(
        alpha: row, concentration: row, weights: row, mask: row.map { $0 > 9 })
      trajectory.append(.init(step: step, epoch: 0, phase: .search), states: [state])
    }
    let trace = Trace(header: .init(seed: 1), configuration: "", record: .relaxed(trajectory))
    let folder = try TemporaryFolder()
    try TraceFile.publish(trace, to: folder.file())
    let isSame = try TraceFile.read(folder.file()) == trace
    #expect(isSame)
  }

  @Test func theSameTraceGivesTheSameBytes() throws {
    let trace = Trace.random(seed: 5, steps: 50)
    let folder = try TemporaryFolder()
    try TraceFile.publish(trace, to: folder.file("a.h5"))
    // Times of objects would count seconds.
    Thread.sleep(forTimeInterval: 1.1)
    try TraceFile.publish(trace, to: folder.file("b.h5"))
    #expect(try Data(contentsOf: folder.file("a.h5")) == Data(contentsOf: folder.file("b.h5")))
  }

  @Test func everyValueOfARowStandsInTheFileUnderItsName() throws {
    let folder = try TemporaryFolder()
    let trace = Trace.random(seed: 8, steps: 3)
    let trajectory = try #require(trace.trajectory)
    try TraceFile.publish(trace, to: folder.file())
    let none = chdf5_default_properties()
    try HDF5Library.withExclusiveAccess {
      let file = H5Fopen(folder.file().path, chdf5_read_only(), none)
      try #require(file >= 0)
      defer { H5Fclose(file) }
      let rows: [(String, Any)] = [
        ("steps", trajectory.steps[0]), ("epochs", trajectory.epochs[0]),
        ("drops", trajectory.drops[0]),
      ]
      for (group, row) in rows {
        for name in names(of: row) {
          #expect(H5Lexists(file, "/\(group)/\(name)", none) > 0, "/\(group)/\(name)")
        }
      }
      for name in names(of: trace.header) {
        #expect(H5Aexists(file, name) > 0, "attribute \(name)")
      }
    }
  }

  /// The names of a value's properties as files write them: `trainLoss` is `train_loss`.
  private func names(of value: Any) -> [String] {
    Mirror(reflecting: value).children.map { child in
      (child.label ?? "").reduce(into: "") { name, letter in
        name += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
      }
    }
  }

  @Test func publishingFifteenThousandRowsIsQuick() throws {
    let folder = try TemporaryFolder()
    for rows in [1_000, 15_000] {
      let trace = Trace.grafs(steps: rows, epochs: 50)
      let seconds = try (0..<5).map { _ in
        try ContinuousClock().measure { try TraceFile.publish(trace, to: folder.file()) }
      }
      var read: Trace?
      let reading = try ContinuousClock().measure { read = try TraceFile.read(folder.file()) }
      let isSame = read == trace
      #expect(isSame)
      let size = try Data(contentsOf: folder.file()).count
      print("publish \(rows) rows: \(seconds.sorted()), read \(reading), \(size) bytes")
      // Generous: what is tested is that nobody makes it ten times slower unnoticed.
      #expect(try #require(seconds.min()) < .seconds(2))
    }
  }
}
