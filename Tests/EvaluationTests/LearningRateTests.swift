import Activations
import Evaluation
import Files
import Foundation
import Networks
import Synchronization
import TestSupport
import Testing
import Training
import Trials

/// Answers trials from a table of scores by function and learning rate, and keeps a list of them.
private final class TableRunner: TrialRunner {
  let begun = Mutex<[Trial]>([])
  /// The accuracy of a trial; nil of one that diverges.
  let accuracy: @Sendable (Trial) -> Double?

  init(accuracy: @escaping @Sendable (Trial) -> Double?) { self.accuracy = accuracy }

  func run(
    _ trials: [Trial], in store: TrialStore,
    report: @escaping @Sendable (Trial, TrialOutcome) throws -> Void
  ) throws {
    try store.prepare()
    for trial in trials {
      begun.withLock { $0.append(trial) }
      var result = TrialResult()
      result.accuracy = accuracy(trial)
      result.loss = result.accuracy.map { 1 - $0 }
      result.diverged = result.accuracy == nil
      try store.write(result, of: trial)
      try report(trial, .done(result))
    }
  }
}

@Suite("The learning rate that suits a function")
struct LearningRateTests {
  private let place: TemporaryFolder
  private let folder: EvaluationFolder

  init() throws {
    place = try TemporaryFolder()
    folder = EvaluationFolder(path: place.file("e").path)
  }

  private func plan(
    given: String = "tanh", baselines: [String] = ["relu"], _ multiples: [Double] = [0.5, 1, 2],
    seeds: UInt64 = 3
  ) throws -> EvaluationPlan {
    EvaluationPlan(
      Contender.merged(
        given: [Contender(given: given, try PlacedFunction(parsing: given))],
        baselines: try baselines.map { try Contender(baseline: $0) }),
      at: [TrialPlace(model: "mine", dataset: "numbers", data: "0", trainCount: 103)],
      seeds: Array(0..<seeds), recipe: TrainingRecipe(epochs: 1, batchSize: 2),
      multiples: LearningRateMultiples(multiples), scoresEveryEpoch: true)
  }

  private func run(_ plan: EvaluationPlan, by runner: TableRunner) throws -> EvaluationReport {
    let lock = try folder.lock()
    defer { withExtendedLifetime(lock) {} }
    return try EvaluationRun(plan, in: folder, lacksData: false, isQuiet: true)
      .run(by: runner, finished: folder.standing(of: plan).results)
  }

  /// On the validation part tanh is best at 0.05 and relu at 0.2; on the test images it is the
  /// other way around, by far.
  private static let table: @Sendable (Trial) -> Double? = { trial in
    let rate = trial.recipe.learningRate
    let isBest = rate == (trial.function.formula == "tanh(x)" ? 0.05 : 0.2)
    let noise = Double(trial.seed) / 1000 + (rate == 0.1 ? 0 : Double(trial.seed % 2) / 500)
    return (trial.scored == .test) == isBest ? 0.3 + noise : 0.8 + noise
  }

  @Test("is chosen on the validation part, whatever the test images say")
  func choice() throws {
    let runner = TableRunner(accuracy: Self.table)
    let report = try run(plan(), by: runner)
    let rates = try #require(report.learningRates)
    #expect(report.isComplete)
    #expect(rates.choices.map(\.function) == ["tanh", "relu"])
    #expect(rates.choices.map(\.multiple) == [0.5, 2])
    #expect(rates.choices[0].tried.map(\.multiple) == [0.5, 1, 2])
    #expect(rates.choices[0].tried.allSatisfy { $0.seeds == 3 && $0.diverged == 0 })
    let means = rates.choices[0].tried.compactMap(\.mean)
    #expect(means.count == 3 && abs(means[0] - 0.8 - 0.001 - 0.002 / 3) < 1e-12 && means[1] < 0.31)

    let trials = runner.begun.withLock { $0 }
    #expect(trials.count == 6 + 18 + 6)
    let deciding = trials.filter { $0.scored != .test }
    #expect(deciding.count == 18)
    // A fifth of 103 judges; it is none of the images that train.
    #expect(deciding.allSatisfy { $0.trainCount == 82 && $0.scored == .train(82..<103) })
    #expect(deciding.allSatisfy { !$0.scoresEveryEpoch })
    let tested = trials.filter { $0.scored == .test }
    #expect(tested.allSatisfy { $0.trainCount == 103 && $0.scoresEveryEpoch })
    #expect(
      tested.suffix(6).map { $0.recipe.learningRate } == [0.05, 0.2, 0.05, 0.2, 0.05, 0.2])
    #expect(Set(trials.map(\.digest)).count == trials.count)
  }

  @Test("has a table of its own, with its own tests and correction")
  func statistics() throws {
    let report = try run(plan(baselines: ["relu", "elu"]), by: TableRunner(accuracy: Self.table))
    let rates = try #require(report.learningRates)
    // The same recipe, as it is without the option.
    let plain = try run(
      plan(baselines: ["relu", "elu"], [1]), by: TableRunner(accuracy: Self.table))
    #expect(plain.learningRates == nil)
    #expect(plain.summary == report.summary && plain.runs == report.runs)
    #expect(rates.summary.map(\.function).sorted() == ["elu", "relu", "tanh"])
    let row = try #require(rates.summary.first { $0.function == "tanh" })
    #expect(row.comparisons.map(\.baseline) == ["relu", "elu"])
    for comparison in row.comparisons {
      #expect(comparison.seeds == 3 && comparison.paired)
    }
    #expect(rates.runs.count == 9)
    let own = rates.runs.filter { $0.function == "tanh" }.compactMap(\.testAccuracy)
    #expect(abs(try #require(row.mean) - own.reduce(0, +) / 3) < 1e-12)
    let text = report.text
    #expect(text.contains("tanh × 0.5") && text.contains("relu × 2"), "\(text)")
    #expect(!plain.text.contains("×"))
    #expect(try EvaluationReport(json: report.json()) == report)
    #expect(try !String(decoding: plain.json(), as: UTF8.self).contains("learning"))
  }

  @Test("costs nothing again, and goes on where it was")
  func again() throws {
    let count = Mutex(0)
    let stopping = TableRunner { trial in
      count.withLock { $0 += 1 }
      return Self.table(trial)
    }
    _ = try run(plan(seeds: 2), by: stopping)
    #expect(count.withLock { $0 } == 4 + 12 + 4)
    let second = TableRunner(accuracy: Self.table)
    let report = try run(plan(), by: second)
    #expect(report.isComplete && second.begun.withLock { $0.map(\.seed) }.allSatisfy { $0 == 2 })
    #expect(second.begun.withLock { $0.count } == 2 + 6 + 2)
    // Other multiples need what is new only; without the option nothing is in the way.
    let third = TableRunner(accuracy: Self.table)
    _ = try run(plan([0.5, 1, 2, 4]), by: third)
    #expect(
      third.begun.withLock { $0.map(\.recipe.learningRate) } == Array(repeating: 0.4, count: 6))
    let fourth = TableRunner(accuracy: Self.table)
    #expect(try folder.standing(of: plan([1])).foreign.isEmpty)
    _ = try run(plan([1]), by: fourth)
    #expect(fourth.begun.withLock { $0.isEmpty })
  }

  @Test("is one at which no training diverges, if there is one, and else the nearest to 1")
  func divergence() throws {
    let runner = TableRunner { trial in
      let rate = trial.recipe.learningRate
      if trial.function.formula == "relu(x)" { return nil }
      // The best mean, of the seeds that are left.
      if rate == 0.2 { return trial.seed == 1 ? nil : 0.9 }
      return 0.5
    }
    let report = try run(plan([0.5, 2, 8]), by: runner)
    let choices = try #require(report.learningRates?.choices)
    #expect(choices.map(\.multiple) == [1, 1])
    #expect(choices[0].tried.map(\.multiple) == [0.5, 1, 2, 8])
    #expect(choices[0].tried.map(\.diverged) == [0, 0, 1, 0])
    #expect(choices[1].tried.map(\.diverged) == [3, 3, 3, 3])
    #expect(report.diverged == ["relu"])
  }

  @Test("of equal accuracies is that of the lower loss")
  func ties() throws {
    let plan = try plan()
    var results: [Trial: TrialResult] = [:]
    for trial in plan.trials + plan.decidingTrials {
      var result = TrialResult()
      result.accuracy = 0.5
      result.loss = 1 / trial.recipe.learningRate
      results[trial] = result
    }
    #expect(Set(plan.chosenTrials(results).map(\.recipe.learningRate)) == [0.2])
    for trial in plan.decidingTrials { results[trial]?.loss = 1 }
    #expect(plan.chosenTrials(results).isEmpty)
    results[plan.decidingTrials[0]] = nil
    #expect(plan.chosenTrials(results).isEmpty)
  }

  @Test("keeps its tables when another network follows")
  func otherTables() throws {
    _ = try run(plan(), by: TableRunner(accuracy: Self.table))
    let other = EvaluationPlan(
      try plan().contenders,
      at: [TrialPlace(model: "other", dataset: "numbers", data: "0", trainCount: 50)],
      seeds: [0, 1], recipe: TrainingRecipe(epochs: 1, batchSize: 2))
    _ = try run(other, by: TableRunner(accuracy: Self.table))
    let stored = try #require(try folder.storedReport()?.report)
    #expect(stored.summary.map(\.network) == ["other", "other", "mine", "mine"])
    #expect(stored.learningRates?.summary.map(\.network) == ["mine", "mine"])
    #expect(stored.learningRates?.choices.count == 2 && stored.learningRates?.runs.count == 6)
  }

  @Test(
    "is looked for among what is written",
    arguments: [
      ("0.5,1,2", [0.5, 1, 2]), ("2", [1, 2]), ("1", [1]), (" 4 , 0.25 ", [0.25, 1, 4]),
      ("1e-1,1", [0.1, 1]),
    ])
  func reading(text: String, all: [Double]) throws {
    let multiples = try #require(LearningRateMultiples(text))
    #expect(multiples.all == all && multiples.isChoice == (all.count > 1))
    #expect(LearningRateMultiples(multiples.description) == multiples)
  }

  @Test("of none, or of no number, is refused", arguments: ["", "a", "1,", ",2", "0.5;1"])
  func malformed(text: String) {
    #expect(LearningRateMultiples(text) == nil)
  }
}
