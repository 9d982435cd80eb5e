import Files
import Foundation
import Networks
import Search
import Tensors
import Testing
import Traces

@Suite("Searches that are stopped and continued")
struct CheckpointTests {
  /// A warm start, then drops in the second of three epochs of three steps.
  private static var configuration: BilevelConfiguration {
    var configuration = TinySearch.configuration()
    configuration.recipe.schedule = .cosine
    configuration.shrinkingStart = 1
    return configuration
  }

  private func bytes(_ search: BilevelSearch<ResidualNetwork>) throws -> Data {
    try search.checkpoint().bytes
  }

  /// The whole state, velocities and moments included, apart from times.
  private func state(_ search: BilevelSearch<ResidualNetwork>) throws -> Data {
    var checkpoint = try search.checkpoint()
    for name in checkpoint.names where name.hasSuffix("elapsed_seconds") {
      checkpoint.entries[name] = nil
    }
    return checkpoint.bytes
  }

  @Test("from any step on, with 1, 2 or 3 threads, the end is that of a search nobody stopped")
  func everyStep() throws {
    var whole = try TinySearch.search(Self.configuration, threads: 2)
    var stops = [try bytes(whole)]
    let outcome = try whole.run { search, _ in stops.append(try bytes(search)) }
    #expect(outcome == .finished && !whole.trajectory.drops.isEmpty)
    // Before the first step, after each of 9, after each of 3 epochs.
    #expect(stops.count == 13)
    for (number, stop) in stops.enumerated() {
      for threads in number % 4 == 0 ? [1, 2, 3] : [1 + number % 3] {
        var search = try TinySearch.search(Self.configuration, threads: threads)
        try search.restore(Checkpoint(bytes: stop))
        #expect(try bytes(search) == stop, "stop \(number)")
        let outcome = try search.run { _ in }
        #expect(outcome == .finished)
        #expect(Outcome(search) == Outcome(whole), "stop \(number), \(threads) threads")
        #expect(try state(search) == state(whole), "stop \(number), \(threads) threads")
        #expect(search.validationScores == whole.validationScores)
      }
    }
  }

  @Test("stopped after every single step, each time in a new search")
  func everyStepOfOne() throws {
    var whole = try TinySearch.search(Self.configuration)
    _ = try whole.run { _ in }
    var search = try TinySearch.search(Self.configuration)
    var stops = 0
    var seconds = 0.0
    while true {
      do {
        _ = try search.run { _ in throw Enough() }
        break
      } catch is Enough { stops += 1 }
      let stop = try bytes(search)
      #expect(search.elapsedSeconds > seconds)
      seconds = search.elapsedSeconds
      search = try TinySearch.search(Self.configuration, threads: 1 + stops % 3)
      try search.restore(Checkpoint(bytes: stop))
    }
    #expect(stops == 12)
    #expect(Outcome(search) == Outcome(whole))
    #expect(try state(search) == state(whole))
    let times = search.trajectory.steps.map(\.elapsedSeconds)
    #expect(times == times.sorted() && times[0] > 0)
  }

  /// Three batches an epoch make one step of two, so a step's batches may come from two epochs.
  @Test("with accumulation too")
  func accumulation() throws {
    var configuration = Self.configuration
    configuration.recipe.accumulation = 2
    var whole = try TinySearch.search(configuration)
    var stops: [Data] = []
    _ = try whole.run { search, _ in stops.append(try bytes(search)) }
    #expect(stops.count == 6)
    for stop in stops {
      var search = try TinySearch.search(configuration)
      try search.restore(Checkpoint(bytes: stop))
      _ = try search.run { _ in }
      #expect(try state(search) == state(whole))
    }
  }

  /// What has a state of its own, or uses batches and draws in another way.
  private static let choices:
    [(name: String, change: @Sendable (inout BilevelConfiguration) -> Void)] =
      [
        ("DARTS of second order", { $0.method = .dartsSecondOrder }),
        ("a cell for each stage", { $0.scope = .stage }),
        ("mean weights that decide", { $0.discretization = .meanWeight }),
        ("late architecture steps", { $0.architectureStart = 1 }),
        ("removals that are tried", { $0.discretization = .loss }),
        ("single operations that are drawn", { $0.oneHotStart = 0.4 }),
        (
          "a reach, β-decay and plugged functions",
          {
            $0.architectureReach = .paper
            ($0.betaDecay, $0.plugged, $0.task.race.isOn) = (0.5, 3, true)
          }
        ),
      ]

  @Test("with other choices too", arguments: choices.indices)
  func otherChoices(index: Int) throws {
    var configuration = Self.configuration
    Self.choices[index].change(&configuration)
    let name = Self.choices[index].name
    var whole = try TinySearch.search(configuration)
    var stops: [Data] = []
    _ = try whole.run { search, _ in stops.append(try bytes(search)) }
    // Three epochs of three steps, and one after each plugged function.
    #expect(stops.count == 12 + configuration.plugged)
    for stop in stops.enumerated().filter({ $0.offset % 2 == index % 2 }).map(\.element) {
      var search = try TinySearch.search(configuration, threads: 1)
      try search.restore(Checkpoint(bytes: stop))
      _ = try search.run { _ in }
      #expect(try state(search) == state(whole), "\(name)")
    }
  }

  @Test("a search goes on by itself after its report has thrown")
  func sameSearch() throws {
    var whole = try TinySearch.search(Self.configuration)
    _ = try whole.run { _ in }
    var search = try TinySearch.search(Self.configuration)
    for steps in [2, 3, 7] { try search.run(steps: steps) }
    #expect(try search.run { _ in } == .finished)
    #expect(try state(search) == state(whole))
    // It has ended: nothing more happens.
    #expect(try search.run { _ in Issue.record("a step after the end") } == .finished)
  }

  @Test("a diverged search stays diverged")
  func diverged() throws {
    var search = try DivergenceTests.search(learningRate: 1e39)
    _ = try search.run { _ in }
    var again = try DivergenceTests.search(learningRate: 1e39)
    try again.restore(search.checkpoint())
    #expect(try again.run { _ in Issue.record("a step after the end") } == .diverged)
    #expect(again.trajectory == search.trajectory)
  }

  @Test("every entry counts: without it, or as another, no search is changed")
  func everyEntry() throws {
    var search = try TinySearch.search(Self.configuration)
    try search.run(steps: 2)
    let whole = try search.checkpoint()
    #expect(whole.names.count > 100)
    var fresh = try TinySearch.search(Self.configuration)
    let before = try bytes(fresh)
    // Version 0.1.0 did not write these.
    let optional = ["trajectory.genotype.function", "trajectory.drops.loss"]
    #expect(optional.allSatisfy(whole.names.contains))
    for name in whole.names {
      var less = whole
      less.entries[name] = nil
      if optional.contains(name) {
        var other = fresh
        try other.restore(less)
      } else {
        #expect(throws: CheckpointMismatch.self, "without \(name)") { try fresh.restore(less) }
      }
      var other = whole
      other.entries[name] = .texts(["a", "b", "c"])
      #expect(throws: CheckpointMismatch.self, "another \(name)") { try fresh.restore(other) }
    }
    var more = whole
    more.entries["weights.conv9.weight"] = .float32([1])
    #expect(
      throws: CheckpointMismatch("it has an entry 'weights.conv9.weight' too many"),
      performing: { try fresh.restore(more) })
    var none = whole
    none.entries["architecture.u0.alive"] = .int64([])
    #expect(
      throws: CheckpointMismatch("its operations alive in slot u0 are []"),
      performing: { try fresh.restore(none) })
    #expect(try bytes(fresh) == before)
    try fresh.restore(whole)
    #expect(try bytes(fresh) == bytes(search))
  }
}
