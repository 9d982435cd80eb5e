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

  @Test(
    "the search, and the comparison as a trial, come to what version 0.1.0 came to",
    arguments: ["finished", "finished-stages"])
  func sameBits(name: String) throws {
    let configuration = try RunConfiguration(
      of: RunFolder(path: SmallRun.fixtures.appendingPathComponent(name).path),
      Catalog().settings)
    let found = try small.search(configuration, as: "again", compares: true)
    let expected = try Self.expected("\(name)/result.json")
    #expect(found.genotype == expected.genotype && found.functions == expected.functions)
    #expect(found.validationAccuracy == expected.validationAccuracy)
    #expect(found.bestValidationAccuracy == expected.bestValidationAccuracy)
    #expect(expected.usualValidationAccuracy != nil)
    #expect(found.usualValidationAccuracy == expected.usualValidationAccuracy)
    #expect(found.usualActivation == "relu")
    let entries = try TrialStore(small.folder("again").trials).entries()
    guard entries.count == 1, case .finished(_, let trial, let result) = entries[0] else {
      Issue.record("\(entries)")
      return
    }
    #expect(trial.function.text == "relu(x)" && trial.trainCount == 48)
    #expect(trial.scored == .train(48..<64) && result.accuracy == found.usualValidationAccuracy)
  }

  @Test("a search of version 0.1.0 that was stopped goes on, bit for bit")
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
