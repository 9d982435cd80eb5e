import Activations
import Datasets
import Files
import Foundation
import Networks
import Search
import Statistics
import Synchronization
import Tensors
import TestSupport
import Testing
import Traces
import Trials

/// Trainings whose outcome is drawn: a true loss for each function, and noise that is smaller the
/// longer the training is.
private struct DrawnTrials: TrialRunner {
  let race: UInt64
  let truth: @Sendable (PlacedFunction) -> Double
  var noise: @Sendable (Int) -> Double = { _ in 0 }
  /// Stops after so many trainings.
  var stopsAfter = Int.max
  let log = Log()

  final class Log: Sendable {
    let done = Mutex<[Trial]>([])
  }

  struct Stop: Error {}

  func run(
    _ trials: [Trial], in store: TrialStore,
    report: @escaping @Sendable (Trial, TrialOutcome) throws -> Void
  ) throws {
    try store.prepare()
    for trial in trials {
      let count = log.done.withLock {
        $0.append(trial); return $0.count
      }
      if count > stopsAfter { throw Stop() }
      var stream = RandomStream(
        seed: race, purpose: "\(trial.function.text) \(trial.seed) \(trial.trainCount)")
      var result = TrialResult()
      let loss = truth(trial.function) + noise(trial.trainCount) * stream.normal()
      result.diverged = loss.isNaN
      result.loss = loss.isNaN ? nil : loss
      result.accuracy = loss.isNaN ? nil : min(1, max(0, 1 - loss / 10))
      try store.write(result, of: trial)
      try report(trial, .done(result))
    }
  }
}

@Suite("A race")
struct RaceTests {
  private let folder: TemporaryFolder
  private static let place = TrialPlace(
    model: "m", dataset: "d", data: "0", trainCount: 7_500)

  init() throws { folder = try TemporaryFolder() }

  /// `x`, then `scale(x, 1)`, `scale(x, 2)`, …, and two usual functions.
  private static func field(_ count: Int) throws -> RaceField {
    var field = RaceField()
    field.add(try PlacedFunction(parsing: "relu(x)"), from: .usual)
    field.add(try PlacedFunction(parsing: "gelu(x)"), from: .usual)
    for number in 1..<(count - 1) {
      field.add(try PlacedFunction(parsing: "tanh(x) + \(number)"), from: .space)
    }
    try #require(field.arms.count == count)
    return field
  }

  private static var task: SearchTask {
    var task = SearchTask()
    task.race.isOn = true
    task.recipe.epochs = 8
    return task
  }

  private static func race(
    _ field: RaceField, _ task: SearchTask = task
  ) throws -> Race {
    let split = try TrainingSplit(of: 10_000, judgingFraction: 0.2)
    var race = task.race
    race.arms = field.arms.count
    return Race(
      RacePlan(race, recipe: task.recipe, split: split, searchCost: 240_000), of: field, task: task,
      at: place, split: split, metric: .accuracy)
  }

  private static func relu() throws -> PlacedFunction { try PlacedFunction(parsing: "relu(x)") }

  @Test("without noise the best function wins, and each rung keeps the best")
  func withoutNoise() throws {
    let field = try Self.field(24)
    let order = [7, 3, 0, 22, 15]
    let runner = DrawnTrials(race: 0) { function in
      let number = field.arms.firstIndex { $0.function == function } ?? 0
      return Double(order.firstIndex(of: number) ?? 10 + number)
    }
    var race = try Self.race(field)
    try race.run(by: runner, in: TrialStore(folder.file("t")), usual: Self.relu())
    let history = race.history
    #expect(history.winner == 7)
    #expect(history.ranking(ofRung: 0).prefix(5) == [7, 3, 0, 22, 15])
    #expect(history.ranking(ofRung: 2) == [7, 3, 0, 22])
    #expect(history.standing.count == 24)
    #expect(history.judged(usual: 0) == [7, 0])
    // Of the verdict's trainings each has its own seed, and none of them scored what chose.
    let verdict = history.trainings.filter { $0.part == .judging }
    #expect(verdict.count == 2 * 5 && Set(verdict.map(\.seed)).count == 5)
    let trials = runner.log.done.withLock { $0 }
    for trial in trials {
      let isVerdict = trial.seed != 0
      #expect(trial.scored == .train(isVerdict ? 9_500..<10_000 : 7_500..<9_500))
      #expect(trial.trainCount <= 7_500)
    }
    #expect(Set(trials.map(\.digest)).count == trials.count)
  }

  @Test(
    "stopped after any training, it goes on and nothing is done twice",
    arguments: [0, 1, 23, 24, 30, 35, 38])
  func stops(count: Int) throws {
    let field = try Self.field(24)
    let truth: @Sendable (PlacedFunction) -> Double = { Double($0.text.count) }
    let noise: @Sendable (Int) -> Double = { 100 / Double($0) }
    var whole = try Self.race(field)
    let wholeRunner = DrawnTrials(race: 3, truth: truth, noise: noise)
    try whole.run(by: wholeRunner, in: TrialStore(folder.file("whole")), usual: Self.relu())
    let store = TrialStore(folder.file("stopped"))
    var first = DrawnTrials(race: 3, truth: truth, noise: noise)
    first.stopsAfter = count
    var race = try Self.race(field)
    #expect(throws: DrawnTrials.Stop.self) {
      try race.run(by: first, in: store, usual: Self.relu())
    }
    let second = DrawnTrials(race: 3, truth: truth, noise: noise)
    race = try Self.race(field)
    try race.run(by: second, in: store, usual: Self.relu())
    #expect(race.history == whole.history)
    let done = second.log.done.withLock { $0.count } + count
    #expect(done == wholeRunner.log.done.withLock { $0.count })
  }

  @Test("what diverges is out, and a race in which everything does has no winner")
  func divergence() throws {
    let field = try Self.field(9)
    let runner = DrawnTrials(race: 0) { $0.text.hasPrefix("tanh") ? .nan : 1 }
    var race = try Self.race(field)
    try race.run(by: runner, in: TrialStore(folder.file("t")), usual: Self.relu())
    #expect(race.history.winner == 0 && race.history.standing == [0, 1])
    var none = try Self.race(field)
    try none.run(
      by: DrawnTrials(race: 0) { _ in .nan }, in: TrialStore(folder.file("n")), usual: Self.relu())
    #expect(none.history.winner == nil && none.history.standing == [])
    #expect(RaceVerdict(none.history, usual: 0) == nil)
  }

  @Test(
    "a function better by one standard deviation wins four races of five; a worse one hardly any")
  func power() throws {
    // Losses of functions are spread with deviation 1; those of short trainings agree with them as
    // measured: 0.90, 0.92 and 0.97 after trainings of 1, 3 and 9 lengths.
    let field = try Self.field(24)
    let agreement = [0.90, 0.92, 0.97]
    let plan = try Self.race(field).plan
    #expect(plan.rungs.count == 3)
    let lengths = plan.rungs.map(\.images)
    let noise: @Sendable (Int) -> Double = { images in
      let rho = agreement[lengths.firstIndex(of: images) ?? 2]
      return (1 / (rho * rho) - 1).squareRoot()
    }
    var wins = (better: 0, worse: 0)
    let races = 100
    for number in 0..<races {
      var stream = RandomStream(seed: UInt64(number), purpose: "truth")
      let losses = (0..<24).map { _ in stream.normal() }
      let best = try #require(losses.min())
      // One is better than all others by a deviation; in the other race, one is worse by as much
      // than the best.
      for (place, loss) in [(5, best - 1), (6, best + 1)] {
        var truth = losses
        truth[place] = loss
        if place == 6, losses[6] == best { continue }
        let values = truth
        let runner = DrawnTrials(
          race: UInt64(number),
          truth: { function in values[field.arms.firstIndex { $0.function == function } ?? 0] },
          noise: noise)
        let store = TrialStore(folder.file("race-\(number)-\(place)"))
        var task = Self.task
        task.race.seeds = 2
        var race = try Self.race(field, task)
        try race.run(by: runner, in: store, usual: Self.relu())
        if race.history.winner == place {
          if place == 5 { wins.better += 1 } else { wins.worse += 1 }
        }
        try FileManager.default.removeItem(at: store.url)
      }
    }
    #expect(wins.better >= races * 80 / 100, "\(wins)")
    #expect(wins.worse <= races * 5 / 100, "\(wins)")
  }

  @Test("the verdict is the paired test of the judging losses, with Holm's correction")
  func verdict() throws {
    var history = RaceHistory(metric: "accuracy")
    for (number, origin) in [RaceHistory.Origin.search, .usual, .usual].enumerated() {
      history.append(
        .init(number: number, function: ["tanh(x)", "relu(x)", "gelu(x)"][number], origin: origin))
      var training = RaceHistory.Training(
        rung: 0, arm: number, seed: 0, images: 9, epochs: 1, part: .validation, digest: "")
      training.loss = [0.1, 0.3, 0.2][number]
      history.append(training)
    }
    let losses = [[1.0, 1.1, 0.9, 1.05], [1.5, 1.75, 1.3, 1.6], [1.01, 1.05, 0.95, 1.06]]
    for seed in 0..<4 {
      for arm in 0..<3 {
        var training = RaceHistory.Training(
          rung: 1, arm: arm, seed: UInt64(seed + 1), images: 9, epochs: 1, part: .judging,
          digest: "")
        (training.loss, training.value) = (losses[arm][seed], 0.5 + 0.1 * Double(arm))
        history.append(training)
      }
    }
    let verdict = try #require(RaceVerdict(history, usual: 1))
    #expect(verdict.winner == 0 && verdict.comparisons.map(\.arm) == [1, 2])
    // scipy.stats.ttest_rel([1, 1.1, .9, 1.05], [1.5, 1.75, 1.3, 1.6]) and with the other list.
    let expected: [(difference: Double, p: Double)] = [(-0.525, 0.0020744), (-0.005, 0.824001)]
    for (comparison, expected) in zip(verdict.comparisons, expected) {
      #expect(abs((comparison.difference ?? 0) - expected.difference) < 1e-12)
      #expect(abs((comparison.p ?? 0) - expected.p) < 1e-6, "\(comparison)")
    }
    #expect(verdict.comparisons[0].adjustedP == verdict.comparisons[0].p.map { $0 * 2 })
    #expect(verdict.comparisons[0].verdict == .better && verdict.comparisons[0].isModelsOwn)
    #expect(verdict.comparisons[0].seedsThatWouldTell == nil)
    #expect(verdict.comparisons[1].verdict == .notDistinguishable)
    #expect((verdict.comparisons[1].seedsThatWouldTell ?? 0) > 100)
    #expect(abs((verdict.comparisons[0].accuracyDifference ?? 0) + 0.1) < 1e-12)
  }
}
