import Activations
import Files
import Foundation
import Networks
import Reports
import Search
import Synchronization
import Traces
import Trials

extension SearchRun {
  /// Ends a search that has finished: with a race, or with the training of the model's usual
  /// activation.
  ///
  /// - Returns: The result with what came of it, as written; unchanged if that was done.
  func ended(_ result: SearchResult, _ signals: StopSignals) throws -> SearchResult {
    guard result.status == Trace.Status.finished.rawValue, !result.hasEnd else { return result }
    return problem.configuration.search.task.race.isOn
      ? try raced(result, signals) : try compared(result, signals)
  }

  /// Runs the race of a search that has finished. It needs nothing but the run's trace, result and
  /// configuration; trainings that were done are not done again.
  private func raced(_ result: SearchResult, _ signals: StopSignals) throws -> SearchResult {
    let search = problem.configuration.search
    guard let chosen = try result.function(in: folder) else { return result }
    var trace = try TraceFile.read(folder.trace)
    let usual = PlacedFunction(.init(of: problem.model.usualActivation))
    let field = RaceField(
      of: problem.raceArms, after: search, which: chosen,
      genotypes: try (result.genotypes ?? []).map { try Genotype(parsing: $0.text) }, usual: usual,
      record: trace.record,
      cells: search.task.scope.cells(of: problem.model.activationSites).names)
    let plan = problem.racePlan(arms: field.arms.count)
    progress.line("\(plan)")
    let store = TrialStore(folder.trials)
    try store.prepare(isOwn: true)
    var race = Race(
      plan, of: field, task: search.task, at: problem.place, split: problem.split,
      metric: problem.model.metric)
    let began = ContinuousClock.now
    let report = RaceReport(plan, progress: progress, began: began)
    if let workers {
      try race.run(
        by: workers, in: store, usual: usual, damage: warn(of:), check: signals.check,
        report: report.show)
    } else {
      try race.run(
        // The lines of each training would hide those of the race.
        by: problem.runner(device: device, progress: ProgressReport(isQuiet: true), signals),
        in: store, usual: usual, damage: warn(of:), check: signals.check, report: report.show)
    }
    trace.race = race.history
    try TraceFile.publish(trace, to: folder.trace)
    var result = result
    result.take(
      race.history, plan, usual: field.number(of: usual),
      searchArm: field.number(of: chosen))
    try folder.write(result.json(), to: folder.result)
    store.removeCheckpoints(except: [])
    return result
  }
}

extension RunProblem {
  /// How many functions start in the race that follows the search.
  var raceArms: Int {
    let race = configuration.search.task.race
    return RacePlan.arms(
      race, least: race.usual.functions.count + 2, recipe: configuration.search.task.recipe,
      split: split, searchCost: searchCost)
  }

  /// The race that follows the search, in numbers.
  ///
  /// - Parameter arms: How many functions start; nil for as many as there is room for.
  /// - Returns: Rungs and verdict.
  func racePlan(arms: Int? = nil) -> RacePlan {
    let search = configuration.search
    var race = search.task.race
    race.arms = arms ?? raceArms
    return RacePlan(race, recipe: search.task.recipe, split: split, searchCost: searchCost)
  }

  /// What the search costs, in images that pass forward and backward.
  var searchCost: Double {
    let search = configuration.search
    let passes: Double =
      switch search.method {
      // A step of the architecture and one of the weights.
      case .relaxed: 2
      case .proposed(let proposals): Double(proposals.budget)
      }
    let probed = min(search.method.relaxed?.probeImages ?? 0, split.validation.count)
    return passes * Double(search.task.recipe.epochs) * Double(split.training.count)
      + RacePlan.scoringCost * Double(probes * probed)
  }

  /// How often the examples that try changes pass through the network in the search.
  var probes: Int {
    let search = configuration.search
    guard let relaxed = search.method.relaxed, let space = try? search.task.space() else {
      return 0
    }
    let cells = search.task.scope.cells(of: model.activationSites).names.count
    let sizes = (0..<cells).flatMap { _ in space.operations.map(\.count) }
    return BilevelConfiguration(task: search.task, relaxed: relaxed).probes(sizes: sizes)
  }
}

/// Shows how a race goes on.
private struct RaceReport: Sendable {
  private let plan: RacePlan
  private let progress: ProgressReport
  private let began: ContinuousClock.Instant
  /// Images that pass in all trainings before each rung, and in all.
  private let lengths: [Double]
  /// What had been done when the first training of this process ended.
  private let before = Before()

  private final class Before: Sendable {
    let done = Mutex<Double?>(nil)
  }

  init(_ plan: RacePlan, progress: ProgressReport, began: ContinuousClock.Instant) {
    self.plan = plan
    self.progress = progress
    self.began = began
    let costs =
      plan.rungs.map { Double($0.arms * $0.length) }
      + [Double(plan.seeds * plan.verdict.arms * plan.verdict.length)]
    lengths = costs.reduce(into: [0.0]) { sums, cost in sums.append((sums.last ?? 0) + cost) }
  }

  @Sendable func show(_ state: Race.Progress, _ history: RaceHistory) {
    let isVerdict = state.rung == plan.rungs.count
    let name = isVerdict ? "verdict" : "rung \(state.rung + 1) of \(plan.rungs.count)"
    guard state.last != nil else {
      guard !isVerdict else { return }
      guard let best = history.ranking(ofRung: state.rung).first else {
        return progress.line("race \(name): every training diverged")
      }
      let ended = history.trainings.filter { $0.rung == state.rung }
      let diverged = ended.count { $0.loss == nil }
      let loss = ended.first { $0.arm == best }?.loss ?? .nan
      return progress.line(
        "race \(name): \(ended.count) functions"
          + (diverged > 0 ? ", \(diverged) diverged" : "")
          + String(format: "; leader validation loss %.4f  ", loss) + history.formula(of: best))
    }
    let part = Double(state.done) / Double(max(1, state.count))
    let done = lengths[state.rung] + part * (lengths[state.rung + 1] - lengths[state.rung])
    let elapsed = (ContinuousClock.now - began) / .seconds(1)
    let first = before.done.withLock { first in
      first = first ?? done - (lengths[state.rung + 1] - lengths[state.rung]) / Double(state.count)
      return first ?? 0
    }
    let left = ProgressReport.clock(
      seconds: elapsed / max(done - first, 1) * ((lengths.last ?? 0) - done))
    progress.live { "race \(name): training \(state.done)/\(state.count)  about \(left) left" }
  }
}

extension RaceHistory {
  /// A function for a reader.
  public func formula(of arm: Int) -> String {
    (try? PlacedFunction(parsing: arms[arm].function).formula) ?? arms[arm].function
  }
}
