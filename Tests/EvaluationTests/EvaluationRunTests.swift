import Activations
import Evaluation
import Files
import Foundation
import Synchronization
import TestSupport
import Testing
import Training
import Trials

/// What a program outside could write: does no training, and counts what it is asked for.
private final class CountingRunner: TrialRunner {
  let begun = Mutex<[Trial]>([])
  let failing: UInt64?

  init(failing: UInt64? = nil) { self.failing = failing }

  func run(
    _ trials: [Trial], in store: TrialStore,
    report: @escaping @Sendable (Trial, TrialOutcome) throws -> Void
  ) throws {
    for trial in trials {
      begun.withLock { $0.append(trial) }
      if trial.seed == failing {
        try report(trial, .failed("no room"))
        continue
      }
      var result = TrialResult()
      result.accuracy = Double(trial.seed) / 10
      try store.write(result, of: trial)
      try report(trial, .done(result))
    }
  }
}

@Suite("An evaluation and its runner")
struct EvaluationRunTests {
  private let place: TemporaryFolder
  private let folder: EvaluationFolder

  init() throws {
    place = try TemporaryFolder()
    folder = EvaluationFolder(path: place.file("e").path)
  }

  private func plan(seeds: Int, savesWeights: Bool = false) throws -> EvaluationPlan {
    EvaluationPlan(
      try ["relu", "gelu"].map { try Contender(baseline: $0) },
      at: [TrialPlace(model: "mine", dataset: "numbers", data: "0", trainCount: 10)],
      seeds: Array(0..<UInt64(seeds)), recipe: TrainingRecipe(epochs: 1, batchSize: 2),
      savesWeights: savesWeights)
  }

  private func run(_ plan: EvaluationPlan, by runner: CountingRunner) throws -> EvaluationReport {
    try EvaluationRun(plan, in: folder, lacksData: false, isQuiet: true)
      .run(by: runner, finished: folder.standing(of: plan).results)
  }

  @Test("only what is missing is done, and the report has all")
  func missing() throws {
    let lock = try folder.lock()
    let first = CountingRunner()
    #expect(try run(plan(seeds: 2), by: first).runs.count == 4)
    #expect(first.begun.withLock { $0 } == (try plan(seeds: 2).trials))
    let second = CountingRunner()
    let report = try run(plan(seeds: 3), by: second)
    #expect(report.isComplete && report.runs.map(\.testAccuracy) == [0, 0, 0.1, 0.1, 0.2, 0.2])
    #expect(second.begun.withLock { $0.map(\.seed) } == [2, 2])
    #expect(try EvaluationReport(json: Data(contentsOf: folder.report)) == report)
    let third = CountingRunner()
    _ = try run(plan(seeds: 3, savesWeights: true), by: third)
    #expect(third.begun.withLock { $0.count } == 6, "there are no weights")
    withExtendedLifetime(lock) {}
  }

  @Test("what failed is said when the rest is done, and done another time")
  func failed() throws {
    let lock = try folder.lock()
    do {
      _ = try run(plan(seeds: 3), by: CountingRunner(failing: 1))
      Issue.record("nothing failed")
    } catch let error as RunError {
      #expect(
        error.description
          == "2 of 6 trainings failed, such as gelu on mine, numbers, seed 1 (no room); "
          + "give the same command again to repeat them")
    }
    let partial = try EvaluationReport(json: Data(contentsOf: folder.report))
    #expect(partial.runs.count == 4 && !partial.isComplete)
    let rest = CountingRunner()
    #expect(try run(plan(seeds: 3), by: rest).isComplete)
    #expect(rest.begun.withLock { $0.map(\.seed) } == [1, 1])
    withExtendedLifetime(lock) {}
  }
}
