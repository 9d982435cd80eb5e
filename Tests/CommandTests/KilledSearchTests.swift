import Foundation
import TestSupport
import Testing
import Traces

@Suite("A search that is killed")
struct KilledSearchTests {
  private let fixture: SearchFixture
  private var trace: URL { fixture.folder.file("run/trace.h5") }

  init() throws { fixture = try SearchFixture() }

  /// Starts a search of minutes, with epochs of 3 steps.
  private func start() throws -> RunningCommand {
    try? FileManager.default.removeItem(at: fixture.folder.file("run"))
    let search = try RunningCommand(
      BuiltCommand.path,
      ["search"] + SearchFixture.tiny + ["--output", "run", "--epochs", "2000"],
      in: fixture.folder)
    #expect(try waits(until: { $0 != nil }, while: search), "no trace within 30 seconds")
    return search
  }

  /// Waits, at most 30 seconds, until the rows of the trace are as wanted; nil stands for no trace.
  /// Whatever is read on the way must be readable.
  private func waits(
    until condition: (Int?) -> Bool, while search: RunningCommand
  ) throws -> Bool {
    let end = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < end {
      let exists = FileManager.default.fileExists(atPath: trace.path)
      let rows = exists ? try TraceFile.read(trace).relaxed().steps.count : nil
      if condition(rows) { return true }
      try #require(search.isRunning, "the search ended")
      usleep(20_000)
    }
    return false
  }

  /// Reads the trace as the next program would, and checks that it is a beginning of a search.
  private func expectBeginning(_ comment: Comment) throws {
    let read = try TraceFile.read(trace)
    let steps = try read.relaxed().steps
    #expect(read.header.status == .running, comment)
    #expect(steps.map(\.step) == Array(steps.indices), comment)
    #expect(steps.map(\.epoch) == steps.indices.map { $0 / 3 }, comment)
    // An epoch is published with its last step or a little later.
    #expect([0, 1].contains(steps.count / 3 - (try read.relaxed().epochs.count)), comment)
    let configuration = try String(
      contentsOf: fixture.folder.file("run/config.yaml"), encoding: .utf8)
    #expect(read.configuration == configuration, comment)
    #expect(!FileManager.default.fileExists(atPath: fixture.folder.file("run/result.json").path))
    if let dump = try Dump.text(["-a", "/status"], of: trace) {
      #expect(dump.contains("\"running\""), comment)
    }
  }

  @Test("leaves a trace at any instant")
  func anyInstant() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var state = seed
    // The second publication comes after 5 seconds: one kill is aimed at it.
    for earliest: UInt32 in [0, 0, 0, 4_700_000] {
      let search = try start()
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // Up to half a second.
      let pause = earliest + UInt32(state >> 45)
      usleep(pause)
      try #require(search.isRunning)
      search.kill()
      try expectBeginning("seed \(seed), \(pause) µs after the trace")
    }
  }

  @Test("renews its trace while it runs, and others may read it")
  func renewal() throws {
    let search = try start()
    let first = try TraceFile.read(trace).relaxed().steps.count
    // The publisher's interval is 5 seconds.
    #expect(try waits(until: { ($0 ?? 0) > first }, while: search), "no more rows")
    if let dump = try Dump.text(["-d", "/steps/step"], of: trace) {
      #expect(dump.contains("(0): 0, 1, 2"))
    }
    #expect(search.isRunning)
    search.kill()
    let read = try TraceFile.read(trace).relaxed()
    #expect(read.steps.count > first && read.epochs.count >= 1)
    try expectBeginning("after a renewal")
  }
}
