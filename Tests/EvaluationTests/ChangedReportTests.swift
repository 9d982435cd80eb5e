import Activations
import Evaluation
import Foundation
import TestSupport
import Testing
import Training
import Trials

@Suite("Reports of evaluations that were changed")
struct ChangedReportTests {
  private let place: TemporaryFolder
  private let folder: EvaluationFolder

  init() throws {
    place = try TemporaryFolder()
    folder = EvaluationFolder(path: place.file("e").path)
  }

  /// Two functions and a baseline, with three seeds.
  private func plan(model: String, trainCount: Int = 10) throws -> EvaluationPlan {
    let given = try ["x * atan(x)", "tanh"].map {
      Contender(given: $0, try PlacedFunction(parsing: $0))
    }
    return EvaluationPlan(
      Contender.merged(given: given, baselines: [try Contender(baseline: "relu")]),
      at: [TrialPlace(model: model, dataset: "numbers", data: "0", trainCount: trainCount)],
      seeds: [7, 8, 9], recipe: TrainingRecipe(epochs: 1, batchSize: 2))
  }

  /// Does an evaluation, whose trainings come to numbers of their own.
  @discardableResult
  private func evaluate(_ plan: EvaluationPlan) throws -> EvaluationReport {
    let lock = try folder.lock()
    defer { withExtendedLifetime(lock) {} }
    return try EvaluationRun(plan, in: folder, lacksData: false, isQuiet: true)
      .run(by: Numbering(), finished: folder.standing(of: plan).results)
  }

  private struct Numbering: TrialRunner {
    func run(
      _ trials: [Trial], in store: TrialStore,
      report: @escaping @Sendable (Trial, TrialOutcome) throws -> Void
    ) throws {
      for trial in trials {
        var result = TrialResult()
        result.accuracy = Double(trial.digest.utf8.reduce(0) { $0 + Int($1) } % 97) / 97
        try store.write(result, of: trial)
        try report(trial, .done(result))
      }
    }
  }

  /// Replaces a text of the report.
  private func change(_ text: String, to other: String) throws {
    let report = try String(contentsOf: folder.report, encoding: .utf8)
    try #require(report.contains(text))
    try Data(report.replacing(text, with: other, maxReplacements: 1).utf8).write(to: folder.report)
  }

  @Test(
    "tables of other networks are made anew from their trainings",
    arguments: [
      ("\"runs\"", "\"rums\""), ("\"network\"", "\"metwork\""), ("atan", "atam"), ("{", "("),
      ("\"checksum\"", "\"checksom\""),
    ])
  func madeAnew(text: String, other: String) throws {
    try evaluate(plan(model: "first"))
    try evaluate(plan(model: "second"))
    let whole = try #require(try folder.storedReport())
    #expect(whole.damage == nil && whole.report.runs.count == 18)
    try change(text, to: other)
    let anew = try #require(try folder.storedReport())
    #expect(anew.damage != nil && anew.report.isComplete)
    // The names of functions are their texts: nobody says how they were asked for.
    #expect(Set(anew.report.runs.map(\.testAccuracy)) == Set(whole.report.runs.map(\.testAccuracy)))
    #expect(anew.report.summary.map(\.mean).sorted() == whole.report.summary.map(\.mean).sorted())
    // A command that goes on knows them, and leaves a file as it was before.
    let report = try evaluate(plan(model: "second"))
    #expect(report.runs.count == 9)
    let mended = try #require(try folder.storedReport())
    #expect(mended.damage == nil && mended.report.summary == whole.report.summary)
    #expect(Set(mended.report.runs) == Set(whole.report.runs))
  }

  @Test("of a network that was used on two terms, those with most trainings count")
  func terms() throws {
    try evaluate(plan(model: "first"))
    let jobs = try FileManager.default.contentsOfDirectory(atPath: folder.store.url.path)
    let other = try plan(model: "first", trainCount: 11)
    try folder.store.write(TrialResult(), of: other.trials[0])
    #expect(jobs.count == 9)
    try change("0", to: "1")
    let anew = try #require(try folder.storedReport())
    #expect(anew.report.runs.count == 9 && anew.report.summary.allSatisfy { $0.seeds == 3 })
  }

  @Test(
    "of version 0.1.0, which had no checksums: what does not go together is made anew",
    arguments: [
      nil, ("\"test_loss\" : 0.4656779170036316", "\"test_loss\" : 0.4656779170036416"),
      ("\"function\" : \"silu\"", "\"function\" : \"sila\""), ("\"mean\" : 1", "\"mean\" : 2"),
      ("\"seeds\" : 2,\n      \"st", "\"seeds\" : 3,\n      \"st"),
      ("\"diverged\" : false", "\"diverged\" : true"),
      ("\"diverged\" : 0", "\"diverged\" : 1"), ("\"epochs\" : 2", "\"epochs\" : 3"),
      ("\"median\" : 1", "\"median\" : 0.5"), ("\"difference\" : 0", "\"difference\" : 0.25"),
      ("\"standard_deviation\" : 0", "\"standard_deviation\" : 1"),
      ("\"p\" : null", "\"p\" : 0.01"), ("\"p_adjusted\" : null", "\"p_adjusted\" : 0.01"),
      ("\"verdict\" : \"not distinguishable\"", "\"verdict\" : \"better\""),
      ("\"paired\" : true", "\"paired\" : false"),
      ("\"interval\" : null", "\"interval\" : [-1, 1]"),
    ] as [(String, String)?])
  func earlier(changed: (String, String)?) throws {
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/version-0.1.0/evaluation")
    try FileManager.default.copyItem(at: fixture, to: place.file("e"))
    let whole = try #require(try folder.storedReport())
    #expect(whole.damage == nil && whole.report.runs.count == 8)
    guard let changed else { return }
    try change(changed.0, to: changed.1)
    let anew = try #require(try folder.storedReport())
    #expect(anew.damage == "it says something else than its trainings")
    #expect(Set(anew.report.runs.map(\.testLoss)) == Set(whole.report.runs.map(\.testLoss)))
  }

  /// Where means differ: p, interval and verdict are recomputed from the runs.
  @Test(
    "a report that lost its checksum is compared with its trainings",
    arguments: [
      nil, ("p", 1.5), ("p_adjusted", 1.5), ("difference", 2), ("mean", 1.01),
      ("standard_deviation", 1.01), ("median", 1.01),
    ] as [(String, Double)?])
  func withoutChecksum(changed: (key: String, factor: Double)?) throws {
    try evaluate(plan(model: "first"))
    var text = try String(contentsOf: folder.report, encoding: .utf8)
    text.replace(/\s*"checksum" : "[^"]*",?/, with: "")
    if let changed {
      let pattern = try Regex("\"\(changed.key)\" : (-?[0-9.e-]+)", as: (Substring, Substring).self)
      let match = try #require(text.firstMatch(of: pattern))
      let number = try #require(Double(match.1)) * changed.factor
      text.replaceSubrange(match.range, with: "\"\(changed.key)\" : \(number)")
    }
    try Data(text.utf8).write(to: folder.report)
    let stored = try #require(try folder.storedReport())
    #expect(
      stored.damage == (changed == nil ? nil : "it says something else than its trainings"))
  }

  @Test("a report without any training that is whole is empty, and not an error")
  func nothingLeft() throws {
    try place.write(Array("{".utf8), to: "e/evaluation.json")
    let stored = try #require(try folder.storedReport())
    #expect(stored.damage == "is no report" && stored.report.runs.isEmpty)
    #expect(try EvaluationFolder(path: place.file("none").path).storedReport() == nil)
  }
}

extension [Double?] {
  fileprivate func sorted() -> [Double] { compactMap { $0 }.sorted() }
}
