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
    // A long one: what fills blocks lies on the disk for as long as the race runs.
    var trace = try TraceFile.read(folder.trace, keepingRowsIn: ColumnStore(in: folder.url))
    let usual = PlacedFunction(.init(of: problem.model.usualActivation))
    let field = RaceField(
      of: problem.raceArms, after: search, which: chosen,
      genotypes: try (result.genotypes ?? []).map { try Genotype(parsing: $0.text) }, usual: usual,
      record: trace.record, sites: problem.model.activationSites)
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
    var evidence = RaceEvidence(
      race.history, plan, usual: field.number(of: usual), searchArm: field.number(of: chosen))
    evidence.courses = RaceCourse.courses(
      of: race.judged, metric: race.history.metric, usual: field.number(of: usual))
    evidence.costs = try costs(of: race.history, usual: field.number(of: usual))
    var result = result
    result.take(evidence)
    try folder.write(result.json(), to: folder.result)
    store.removeCheckpoints(except: [])
    return result
  }

  /// What the functions of the verdict cost, and ReLU beside them.
  private func costs(of race: RaceHistory, usual: Int?) throws -> [FunctionCost] {
    var functions = try race.judged(usual: usual).map {
      try PlacedFunction(parsing: race.arms[$0].function)
    }
    if functions.isEmpty { return [] }
    let rectifier = PlacedFunction(.init(of: ElementaryOperation(ReLU.self)))
    if !functions.contains(where: { $0.isSame(as: rectifier) }) { functions.append(rectifier) }
    return try FunctionCost.measured(functions, at: problem.model.activationSites)
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
