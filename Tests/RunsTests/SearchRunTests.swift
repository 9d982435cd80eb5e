import Foundation
import Runs
import Search
import Testing
import Traces
import Trials

@Suite("Runs of relaxed searches")
struct SearchRunTests {
  private let small: SmallRun

  init() throws { small = try SmallRun() }

  private static func expected(_ path: String) throws -> SearchResult {
    try SearchResult(
      json: Data(contentsOf: SmallRun.fixtures.appendingPathComponent(path)))
  }

  /// Kernels have formed their sums in another order since, so last bits differ, and what they lead
  /// to after some steps on 48 images.
  @Test(
    "a search begins as with version 0.1.0, and the comparison is a trial",
    arguments: ["finished", "finished-stages"])
  func asBefore(name: String) throws {
    let old = RunFolder(path: SmallRun.fixtures.appendingPathComponent(name).path)
    let configuration = try RunConfiguration(of: old, Catalog().settings)
    let found = try small.search(configuration, as: "again", compares: true)
    let (before, after) = try (
      #require(TraceFile.read(old.trace).trajectory),
      #require(TraceFile.read(small.folder("again").trace).trajectory)
    )
    #expect(after.steps.count == before.steps.count && after.drops.count == before.drops.count)
    for (left, right) in zip(before.steps, after.steps).prefix(6) {
      #expect(abs(left.trainLoss - right.trainLoss) <= 1e-4 * left.trainLoss)
      #expect(abs(left.validationLoss - right.validationLoss) <= 1e-4 * left.validationLoss)
    }
    #expect(found.usualActivation == "relu")
    let entries = try TrialStore(small.folder("again").trials).entries()
    guard entries.count == 1, case .finished(_, let trial, let result) = entries[0] else {
      Issue.record("\(entries)")
      return
    }
    #expect(trial.function.text == "relu(x)" && trial.trainCount == 48)
    #expect(trial.scored == .train(48..<64) && result.accuracy == found.usualValidationAccuracy)
  }

  @Test("a search of version 0.1.0 that was stopped goes on to the same end")
  func stopped() throws {
    let (folder, found) = try small.resume("stopped", compares: true)
    let expected = try Self.expected("stopped/expected-result.json")
    #expect(found.status == "finished" && found.genotype == expected.genotype)
    #expect(found.validationAccuracy == expected.validationAccuracy)
    #expect(found.bestValidationAccuracy == expected.bestValidationAccuracy)
    #expect(found.relaxedValidationAccuracy == expected.relaxedValidationAccuracy)
    #expect(found.usualValidationAccuracy == expected.usualValidationAccuracy)
    // The trace holds the run's own text.
    let text = try String(contentsOf: folder.configuration, encoding: .utf8)
    #expect(try TraceFile.read(folder.trace).configuration == text)
  }

  @Test("one that was stopped in the training with ReLU opens as finished without it")
  func stoppedInComparison() throws {
    let before = try #require(
      try TraceFile.read(SmallRun.fixtures.appendingPathComponent("stopped-in-relu/trace.h5"))
        .trajectory)
    let (folder, found) = try small.resume("stopped-in-relu", compares: false)
    #expect(found.status == "finished" && found.usualActivation == nil)
    #expect(found.expression == before.genotypes.last?.expression)
    let after = try #require(try TraceFile.read(folder.trace).trajectory)
    #expect(after.steps == before.steps && after.epochs == before.epochs)
    #expect(!FileManager.default.fileExists(atPath: folder.trials.path))
    // The search is over; only the comparison is left, and done once.
    #expect(try folder.prepareResumption().result == found)
    let configuration = try RunConfiguration(of: folder, Catalog().settings)
    let compared = try small.run(configuration, in: folder).compare(found)
    #expect(compared.usualActivation == "relu" && compared.usualValidationAccuracy != nil)
    #expect(try folder.prepareResumption().result == compared)
    #expect(try small.run(configuration, in: folder).compare(compared) == compared)
  }

  @Test("the result stands before the comparison, and without it if it is not wanted")
  func comparison() throws {
    let configuration = try RunConfiguration(
      of: RunFolder(path: SmallRun.fixtures.appendingPathComponent("finished").path),
      Catalog().settings)
    let alone = try small.search(configuration, as: "alone")
    #expect(alone.usualActivation == nil && alone.usualElapsedSeconds == nil)
    let folder = small.folder("alone")
    #expect(try SearchResult(json: Data(contentsOf: folder.result)) == alone)
    let compared = try small.run(configuration, in: folder).compare(alone)
    let expected = try Self.expected("finished/result.json")
    #expect(compared.usualValidationAccuracy == expected.usualValidationAccuracy)
    #expect(compared.elapsedSeconds == alone.elapsedSeconds)
    #expect(try SearchResult(json: Data(contentsOf: folder.result)) == compared)
  }

  @Test("a cell that makes no space is an error, not a trap")
  func impossibleSpace() throws {
    var configuration = try RunConfiguration(
      of: RunFolder(path: SmallRun.fixtures.appendingPathComponent("finished").path),
      Catalog().settings)
    configuration.search.task.cell = "u0(y)"
    #expect(throws: (any Error).self) { try small.search(configuration, as: "impossible") }
  }
}
