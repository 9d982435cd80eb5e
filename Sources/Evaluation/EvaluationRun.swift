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
  /// With a choice of learning rates the trainings that decide follow those with the recipe as it
  /// is, and the trainings at the chosen rates are the last.
  ///
  /// - Parameters:
  ///   - runner: What does trials.
  ///   - decider: What does the trials that decide on learning rates; nil for `runner`.
  ///   - finished: Results that are there already.
  /// - Returns: The report, as written.
  /// - Throws: `Interruption` after SIGINT, SIGTERM or SIGHUP, `RunError` if trials failed or
  ///   something cannot be written, and what the runner throws.
  public func run(
    by runner: some TrialRunner, deciding decider: (any TrialRunner)? = nil,
    finished: [Trial: TrialResult]
  ) throws -> EvaluationReport {
    if let damage = try folder.storedReport(known: plan.contenders)?.damage {
      ProgressReport(isQuiet: isQuiet).warning(
        "\(folder.report.relativePath): \(damage); it is made anew from "
          + folder.store.url.relativePath
      )
    }
    let board = ResultBoard(self, finished: finished)
    try run(plan.trials, "", by: runner, in: folder.store, board)
    if plan.multiples.isChoice {
      let all = plan.multiples.all.map(LearningRateMultiples.text).joined(separator: ", ")
      try run(
        plan.decidingTrials, "to choose among learning rates × \(all)", by: decider ?? runner,
        in: folder.rates, board)
      try run(
        board.chosenTrials, "at the chosen learning rates", by: runner, in: folder.rates, board)
    }
    return board.report
  }

  /// Does those of some trials that are not done.
  private func run(
    _ trials: [Trial], _ purpose: String, by runner: any TrialRunner, in store: TrialStore,
    _ board: ResultBoard
  ) throws {
    let waiting = try board.begin(trials, purpose)
    if waiting.isEmpty { return }
    try runner.run(waiting, in: store) { try board.add($1, of: $0) }
    let failures = board.failures
    if let first = failures.sorted().first {
      throw RunError(
        "\(failures.count) of \(waiting.count) trainings failed, such as \(first)",
        cure: "give the same command again to repeat them")
    }
  }

  private func title(of trial: Trial) -> String {
    "\(plan.name(of: trial)) on \(trial.model), \(trial.dataset), seed \(trial.seed)"
      + plan.rateText(of: trial)
  }

  /// The results so far, from whichever thread they come.
  private final class ResultBoard: Sendable {
    private let run: EvaluationRun
    private let state: Mutex<State>
    private struct State {
      var results: [Trial: TrialResult]
      /// What is being done.
      var trials: [Trial] = []
      var failures: [String] = []
    }

    init(_ run: EvaluationRun, finished: [Trial: TrialResult]) {
      self.run = run
      state = Mutex(State(results: finished))
    }

    /// The trainings at the learning rates that were chosen.
    var chosenTrials: [Trial] { state.withLock { run.plan.chosenTrials($0.results) } }

    var report: EvaluationReport { state.withLock { report(of: $0) } }

    var failures: [String] { state.withLock { $0.failures } }

    private func report(of state: State) -> EvaluationReport {
      EvaluationReport(run.plan, results: state.results, lacksData: run.lacksData)
    }

    private func write(_ report: EvaluationReport) throws(RunError) {
      try run.folder.write(report, known: run.plan.contenders)
    }

    private func say(_ line: String) { ProgressReport(isQuiet: run.isQuiet).line(line) }

    /// Writes a report, and says what there is to do.
    func begin(_ trials: [Trial], _ purpose: String) throws -> [Trial] {
      let waiting = state.withLock { state in
        state.trials = trials
        return trials.filter { state.results[$0] == nil }
      }
      let reused = trials.count - waiting.count
      say(
        "\(trials.count) trainings" + (purpose.isEmpty ? "" : " \(purpose)")
          + (reused > 0 ? ", \(reused) of them done before" : "")
          + (purpose.isEmpty ? "; evaluation: \(run.folder.url.relativePath)" : ""))
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
          try write(report(of: state))
          let done = state.trials.compactMap { state.results[$0]?.elapsedSeconds }
          let seconds = done.reduce(0, +) / Double(done.count)
          let part = trial.scored == .test ? "test" : "validation"
          let value = result.value.map {
            "\(part) \(result.metric.title) \(result.metric.text($0))"
          }
          say(
            "\(done.count)/\(state.trials.count)  \(title): \(value ?? "diverged")  "
              + "\(ProgressReport.clock(seconds: result.elapsedSeconds)), "
              + "mean \(ProgressReport.clock(seconds: seconds)) a training")
        }
      }
    }
  }
}
