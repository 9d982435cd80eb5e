import Activations
import Datasets
import Foundation
import Search
import Synchronization
import TestSupport
import Testing
import Traces
import Trials

/// Counts the images that pass, instead of training: those that are scored at a third.
private struct CountingTrials: TrialRunner {
  let images = Images()
  /// The loss of a function.
  let loss: @Sendable (PlacedFunction) -> Double

  final class Images: Sendable {
    let sum = Mutex(0.0)
  }

  func run(
    _ trials: [Trial], in store: TrialStore,
    report: @escaping @Sendable (Trial, TrialOutcome) throws -> Void
  ) throws {
    try store.prepare()
    for trial in trials {
      guard case .train(let scored) = trial.scored else { continue }
      let passed = Double(trial.trainCount) + Double(scored.count) / 3
      images.sum.withLock { $0 += Double(trial.recipe.epochs) * passed }
      var result = TrialResult()
      result.loss = loss(trial.function)
      (result.valueByEpoch, result.lossByEpoch) = ([nil], [result.loss])
      try store.write(result, of: trial)
      try report(trial, .done(result))
    }
  }
}

@Suite("The work of a race")
struct RaceWorkTests {
  private static let place = TrialPlace(model: "m", dataset: "d", data: "0", trainCount: 7_500)

  @Test(
    "what is trained and scored costs what the race may, within 15 percent, whoever judges three",
    arguments: [1.0, 2, 5, 20, 80], [24, 9])
  func work(budget: Double, arms: Int) throws {
    let folder = try TemporaryFolder()
    var task = SearchTask()
    task.recipe.accumulation = 1
    (task.race.isOn, task.race.budget, task.race.arms) = (true, budget, arms)
    task.recipe.epochs = 8
    let searchCost = 120_000.0
    let split = try TrainingSplit(of: 10_000, judgingFraction: 0.2)
    var race = task.race
    race.arms = RacePlan.arms(
      race, least: 3, recipe: task.recipe, split: split, searchCost: searchCost)
    var field = RaceField()
    let relu = try PlacedFunction(parsing: "relu(x)")
    field.add(relu, from: .usual)
    field.add(try PlacedFunction(parsing: "gelu(x)"), from: .usual)
    for number in 1..<(race.arms - 1) {
      field.add(try PlacedFunction(parsing: "tanh(x) + \(number)"), from: .space)
    }
    let plan = RacePlan(race, recipe: task.recipe, split: split, searchCost: searchCost)
    // A find wins, and GELU is the best usual function: three are judged.
    let runner = CountingTrials {
      $0.text.hasPrefix("tanh") ? Double($0.text.count) : $0 == relu ? 200 : 100
    }
    var whole = Race(
      plan, of: field, task: task, at: Self.place, split: split, metric: .accuracy)
    try whole.run(by: runner, in: TrialStore(folder.file("t")), usual: relu)
    #expect(whole.history.judged(usual: 0).count == 3)
    let work = runner.images.sum.withLock { $0 }
    #expect(abs(work / (budget * searchCost) - 1) < 0.15, "\(work) of \(budget * searchCost)")
    #expect(whole.judged.count == 3 * plan.seeds)
  }
}
