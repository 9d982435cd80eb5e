import Activations
import Foundation
import Networks
import TestSupport
import Testing
import Training
import Trials

@Suite("A store of trials")
struct TrialStoreTests {
  private let folder: TemporaryFolder
  private let store: TrialStore
  private let trial: Trial

  init() throws {
    folder = try TemporaryFolder()
    store = TrialStore(folder.file("jobs"))
    try store.prepare()
    trial = Trial(
      try PlacedFunction(parsing: "gelu"), at: Numbers().place,
      recipe: TrainingRecipe(epochs: 2, batchSize: 4), seed: 3)
  }

  private static var result: TrialResult {
    var result = TrialResult(metric: .loss)
    result.accuracy = 0
    result.loss = 0.1 + 0.2
    result.trainAccuracy = 0.5
    result.valueByEpoch = [1.5, nil]
    result.elapsedSeconds = 3
    return result
  }

  @Test("of one process loses what killed ones have left half written, and nothing else")
  func leftovers() throws {
    try store.write(Self.result, of: trial)
    let leftover = store.url.appendingPathComponent(".gelu-x.json.123-1.partial")
    try Data("{".utf8).write(to: leftover)
    try store.prepare()
    #expect(FileManager.default.fileExists(atPath: leftover.path))
    try store.prepare(isOwn: true)
    #expect(!FileManager.default.fileExists(atPath: leftover.path))
    #expect(store.result(of: trial) == Self.result)
  }

  @Test("gives back what it was given, and nothing for another trial")
  func roundTrip() throws {
    #expect(store.result(of: trial) == nil)
    try store.write(Self.result, of: trial)
    #expect(store.result(of: trial) == Self.result)
    var diverged = TrialResult()
    diverged.diverged = true
    var other = trial
    other.seed = 4
    #expect(store.result(of: other) == nil)
    try store.write(diverged, of: other)
    #expect(store.result(of: other) == diverged && diverged.text == "diverged")
    let entries = try store.entries().map { entry -> Trial? in
      if case .finished(let file, let trial, _) = entry, file == store.file(of: trial) {
        return trial
      }
      return nil
    }
    #expect(entries == [trial, other])
    let name = store.file(of: trial).lastPathComponent
    #expect(name == "gelu-x--proportion-numbers-seed3-\(trial.digest).json")
    #expect(store.weights(of: trial).lastPathComponent == "\(name.dropLast(5)).safetensors")
  }

  @Test("names files by letters and digits alone, whatever models are called")
  func names() throws {
    var strange = trial
    strange.model = "mine/a b"
    try store.write(Self.result, of: strange)
    #expect(store.result(of: strange) == Self.result)
    #expect(store.file(of: strange).lastPathComponent.hasPrefix("gelu-x--mine-a-b-numbers-seed3-"))
  }

  @Test("compares losses by their perplexity, and has no value of one that is not finite")
  func losses() {
    #expect(Self.result.value == 0.1 + 0.2 && Self.result.text == "1.35")
    #expect(TrialResult(metric: .loss).text == "diverged")
    var accurate = TrialResult()
    accurate.accuracy = 0.25
    #expect(accurate.value == 0.25 && accurate.text == "25.00 %")
  }

  @Test(
    "names files that are damaged, and lets others alone",
    arguments: ["", "{", "digit", "checksum", "cut", "name"])
  func damage(kind: String) throws {
    try store.write(Self.result, of: trial)
    var file = store.file(of: trial)
    let text = try String(contentsOf: file, encoding: .utf8)
    let changed =
      switch kind {
      case "digit": text.replacingOccurrences(of: "\"seed\" : 3", with: "\"seed\" : 4")
      case "checksum": text.replacing("\"checksum\" : \"", with: "\"checksum\" : \"0")
      case "cut": String(text.dropLast(20))
      case "name": text
      default: kind
      }
    #expect((changed == text) == (kind == "name"))
    if kind == "name" {
      try FileManager.default.removeItem(at: file)
      let digits = file.lastPathComponent.suffix(21).prefix(16)
      file = store.url.appendingPathComponent(
        file.lastPathComponent.replacingOccurrences(
          of: digits, with: String(digits.reversed())))
    }
    try Data(changed.utf8).write(to: file)
    try folder.write(Array("mine".utf8), to: "jobs/notes.json")
    #expect(store.result(of: trial) == nil)
    let damaged = try store.entries().map { entry -> URL? in
      if case .damaged(let file) = entry { file } else { nil }
    }
    #expect(damaged == [file])
    try store.remove(damaged.compactMap { $0 })
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.url.path) == ["notes.json"])
  }

  @Test("says why it cannot write")
  func unwritable() throws {
    try folder.write([0], to: "file")
    let store = TrialStore(folder.file("file/jobs"))
    #expect(throws: (any Error).self) { try store.prepare() }
    do {
      try store.write(Self.result, of: trial)
      Issue.record("it was written")
    } catch {
      #expect(error.cure == "make room or give another folder with --output")
    }
  }

  @Test("a result that no training has, with a right checksum, is damage")
  func absurdResults() throws {
    let trial = Trial(
      try PlacedFunction(parsing: "gelu"), at: Numbers().place,
      recipe: TrainingRecipe(epochs: 2, batchSize: 4), seed: 5)
    func isRead(_ change: (inout TrialResult) -> Void) throws -> Bool {
      var result = TrialResult()
      (result.accuracy, result.loss, result.elapsedSeconds) = (0.5, 1.25, 2)
      change(&result)
      try store.write(result, of: trial)
      return store.result(of: trial) == result
    }
    #expect(try isRead { $0.trainAccuracy = 1 })
    #expect(try !isRead { $0.accuracy = 1.5 })
    #expect(try !isRead { $0.trainAccuracy = -0.5 })
    #expect(try !isRead { $0.elapsedSeconds = 1e300 })
    #expect(try !isRead { $0.elapsedSeconds = -1 })
    #expect(try !isRead { $0.valueByEpoch = [0.5, 7] })
  }
}
