import Activations
import Datasets
import Foundation
import Networks
import Tensors
import Traces
import Trials

/// Successive halving: many functions are trained briefly from the start, with the same initial
/// weights, images and order; the best go on to longer trainings, until one has won. Then the
/// winner is judged beside usual functions, with fresh seeds, on examples that nothing has seen.
///
/// Trainings are trials, so those that a store has are not done again: a race that was stopped goes
/// on by being run again.
///
/// Source: Jamieson, Talwalkar 2016.
public struct Race {
  /// Its numbers.
  public let plan: RacePlan
  /// What happened so far.
  public private(set) var history: RaceHistory
  /// What the trainings of the verdict came to, in the history's order: the history has no epochs.
  public private(set) var judged: [(arm: Int, result: TrialResult)] = []

  private let task: SearchTask
  private let place: TrialPlace
  private let split: TrainingSplit
  private let field: RaceField

  /// What is shown while it runs.
  public struct Progress: Sendable {
    /// The rung, from 0; the number of rungs for the verdict.
    public let rung: Int
    /// Trainings of the rung that have ended, and how many there are.
    public let done: Int, count: Int
    /// The training that has just ended; nil at the end of a rung.
    public let last: (function: PlacedFunction, result: TrialResult)?
  }

  /// Prepares a race.
  ///
  /// - Parameters:
  ///   - plan: Its numbers.
  ///   - field: What starts.
  ///   - task: Recipe and seed.
  ///   - place: Model and examples of every training.
  ///   - split: Which examples train, choose and judge.
  ///   - metric: By what models are compared for a reader; the race itself goes by the loss.
  public init(
    _ plan: RacePlan, of field: RaceField, task: SearchTask, at place: TrialPlace,
    split: TrainingSplit, metric: Metric
  ) {
    self.plan = plan
    self.task = task
    self.place = place
    self.split = split
    self.field = field
    history = RaceHistory(metric: metric.rawValue)
    for (number, arm) in field.arms.enumerated() {
      history.append(.init(number: number, function: arm.function.text, origin: arm.origin))
    }
  }

  /// Runs it to the end.
  ///
  /// - Parameters:
  ///   - runner: What trains.
  ///   - store: Where results go; those that it has are used.
  ///   - usual: The activation that the model usually has, one of the field.
  ///   - damage: Called with files of the store that cannot be used, before their trainings are
  ///     repeated.
  ///   - check: Is called before every rung, such as for signals.
  ///   - report: Called after every training and every rung, from whichever thread it ran on.
  /// - Throws: What the runner and `check` throw; `RunError` if a training failed.
  public mutating func run(
    by runner: some TrialRunner, in store: TrialStore, usual: PlacedFunction,
    damage: (URL) -> Void = { _ in }, check: () throws -> Void = {},
    report: @escaping @Sendable (Progress, RaceHistory) -> Void = { _, _ in }
  ) throws {
    for (number, rung) in plan.rungs.enumerated() {
      try check()
      let running = number == 0 ? Array(field.arms.indices) : history.goingOn(rung.arms)
      let trials = running.map {
        trial(of: $0, rung, scored: split.validation, seed: task.seed)
      }
      let results = try runner.results(of: trials, in: store, damage: damage) {
        [history] in report($0.progress(in: number), history)
      }
      for (arm, (trial, result)) in zip(running, zip(trials, results)) {
        history.append(.init(trial, result, rung: number, arm: arm, isJudging: false))
      }
      report(Progress(rung: number, done: running.count, count: running.count, last: nil), history)
    }
    try check()
    try judge(runner, store, usual: usual, damage, report)
  }

  /// Trains the winner and the usual functions with fresh seeds, and scores them on the examples
  /// kept for it.
  private mutating func judge(
    _ runner: some TrialRunner, _ store: TrialStore, usual: PlacedFunction,
    _ damage: (URL) -> Void, _ report: @escaping @Sendable (Progress, RaceHistory) -> Void
  ) throws {
    let number = plan.rungs.count
    let own = field.number(of: usual)
    let compared = history.judged(usual: own)
    // Not those of another search's verdict, nor of its rungs.
    var stream = RandomStream(seed: task.seed, purpose: "verdict")
    let seeds = (0..<plan.seeds).map { _ in UInt64(stream.word()) << 32 | UInt64(stream.word()) }
    let pairs = seeds.flatMap { seed in compared.map { (seed, $0) } }
    let trials = pairs.map { seed, arm in
      trial(of: arm, plan.verdict, scored: split.judging, seed: seed)
    }
    let results = try runner.results(of: trials, in: store, damage: damage) {
      [history] in report($0.progress(in: number), history)
    }
    for ((_, arm), (trial, result)) in zip(pairs, zip(trials, results)) {
      judged.append((arm, result))
      history.append(.init(trial, result, rung: number, arm: arm, isJudging: true))
    }
    report(Progress(rung: number, done: trials.count, count: trials.count, last: nil), history)
  }

  private func trial(
    of arm: Int, _ rung: RacePlan.Rung, scored: Range<Int>, seed: UInt64
  ) -> Trial {
    var recipe = task.recipe
    recipe.epochs = rung.epochs
    // A rising rate takes the same part of a shorter training.
    let part = Double(rung.length) / Double(split.training.count * max(1, task.recipe.epochs))
    recipe.warmupSteps = Int(Double(task.recipe.warmupSteps) * min(1, part))
    let place = TrialPlace(
      model: place.model, dataset: place.dataset, data: place.data, trainCount: rung.images)
    return Trial(
      field.arms[arm].function, at: place, scored: .train(scored), recipe: recipe, seed: seed,
      scoresEveryEpoch: true)
  }
}

extension TrialsProgress {
  fileprivate func progress(in rung: Int) -> Race.Progress {
    Race.Progress(rung: rung, done: done, count: count, last: (trial.function, result))
  }
}

extension RaceHistory.Training {
  fileprivate init(
    _ trial: Trial, _ result: TrialResult, rung: Int, arm: Int, isJudging: Bool
  ) {
    self.init(
      rung: rung, arm: arm, seed: trial.seed, images: trial.trainCount,
      epochs: trial.recipe.epochs, part: isJudging ? .judging : .validation,
      digest: trial.digest)
    (loss, value, elapsedSeconds) = (result.loss, result.value, result.elapsedSeconds)
  }
}
