import Files
import Reports
import Synchronization
import Trials

/// An evaluation from beginning to end: has the trials done that are not done yet, and reports.
///
/// The report is renewed after every trial, so it stands whenever the process ends.
public struct EvaluationRun: Sendable {
  private let plan: EvaluationPlan
  private let folder: EvaluationFolder
  private let lacksData: Bool
  private let isQuiet: Bool

  /// Prepares an evaluation.
  ///
  /// - Parameters:
  ///   - plan: What to do.
  ///   - folder: For what the evaluation leaves behind; the process has its lock.
  ///   - lacksData: Whether data that were asked for are not there, so that the report says it is
  ///     not complete.
  ///   - isQuiet: Whether no progress is shown.
  public init(_ plan: EvaluationPlan, in folder: EvaluationFolder, lacksData: Bool, isQuiet: Bool) {
    self.plan = plan
    self.folder = folder
    self.lacksData = lacksData
    self.isQuiet = isQuiet
  }

  /// Does what is missing.
  ///
  /// - Parameters:
  ///   - runner: What does trials.
  ///   - finished: Results that are there already.
  /// - Returns: The report, as written.
  /// - Throws: `Interruption` after SIGINT, SIGTERM or SIGHUP, `RunError` if trials failed or
  ///   something cannot be written, and what the runner throws.
  public func run(
    by runner: some TrialRunner, finished: [Trial: TrialResult]
  ) throws -> EvaluationReport {
    if let damage = try folder.storedReport(known: plan.contenders)?.damage {
      ProgressReport(isQuiet: isQuiet).warning(
        "\(folder.report.relativePath): \(damage); it is made anew from "
          + folder.store.url.relativePath
      )
    }
    let board = ResultBoard(self, finished: finished)
    let waiting = try board.begin()
    try runner.run(waiting, in: folder.store) { try board.add($1, of: $0) }
    let failures = board.failures
    if let first = failures.sorted().first {
      throw RunError(
        "\(failures.count) of \(waiting.count) trainings failed, such as \(first)",
        cure: "give the same command again to repeat them")
    }
    return board.report
  }

  private func title(of trial: Trial) -> String {
    "\(plan.name(of: trial)) on \(trial.model), \(trial.dataset), seed \(trial.seed)"
  }

  /// The results so far, from whichever thread they come.
  private final class ResultBoard: Sendable {
    private let run: EvaluationRun
    private let state: Mutex<State>
    private let reused: Int
    private struct State {
      var results: [Trial: TrialResult]
      var failures: [String] = []
    }

    init(_ run: EvaluationRun, finished: [Trial: TrialResult]) {
      self.run = run
      state = Mutex(State(results: finished))
      reused = finished.count
    }

    var report: EvaluationReport { state.withLock { report(of: $0) } }

    var failures: [String] { state.withLock { $0.failures } }

    private func report(of state: State) -> EvaluationReport {
      EvaluationReport(run.plan, results: state.results, lacksData: run.lacksData)
    }

    private func write(_ report: EvaluationReport) throws(RunError) {
      try run.folder.write(report, known: run.plan.contenders)
    }

    private func say(_ line: String) { ProgressReport(isQuiet: run.isQuiet).line(line) }

    /// Writes the first report, and says what there is to do.
    func begin() throws -> [Trial] {
      let trials = run.plan.trials
      let waiting = state.withLock { state in trials.filter { state.results[$0] == nil } }
      say(
        "\(trials.count) trainings" + (reused > 0 ? ", \(reused) of them done before" : "")
          + "; evaluation: \(run.folder.url.relativePath)")
      try write(report)
      return waiting
    }

    func add(_ outcome: TrialOutcome, of trial: Trial) throws {
      let title = run.title(of: trial)
      // Under the lock: an older report must not replace a newer one.
      try state.withLock { state in
        switch outcome {
        case .failed(let reason):
          state.failures.append(title + (reason.map { " (\($0))" } ?? ""))
          say("\(title): failed\(reason.map { ", \($0)" } ?? "")")
        case .done(let result):
          state.results[trial] = result
          let report = report(of: state)
          try write(report)
          let seconds = report.runs.map(\.elapsedSeconds).reduce(0, +) / Double(report.runs.count)
          let value = result.value.map { "test \(result.metric.title) \(result.metric.text($0))" }
          say(
            "\(report.runs.count)/\(run.plan.trials.count)  \(title): \(value ?? "diverged")  "
              + "\(ProgressReport.clock(seconds: result.elapsedSeconds)), "
              + "mean \(ProgressReport.clock(seconds: seconds)) a training")
        }
      }
    }
  }
}
