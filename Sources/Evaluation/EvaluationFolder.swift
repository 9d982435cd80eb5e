import Files
import Foundation
import Trials

/// The folder that an evaluation leaves behind: one file for each finished training, and the
/// report.
public struct EvaluationFolder: Sendable {
  /// Where it lies.
  public let url: URL
  /// The files of finished trainings, in the folder `jobs`.
  public var store: TrialStore { TrialStore(url.appendingPathComponent("jobs")) }
  /// The files of trainings by which learning rates are chosen, and of those at chosen ones, in the
  /// folder `learning-rates`: they are no trainings with the recipe as it is.
  public var rates: TrialStore { TrialStore(url.appendingPathComponent("learning-rates")) }
  /// All results and what they say, `evaluation.json`.
  public var report: URL { url.appendingPathComponent("evaluation.json") }

  /// The evaluation's folder in the folder of the run whose function it is about.
  public static func path(inRun folder: String) -> String {
    (folder as NSString).appendingPathComponent("evaluation")
  }

  /// Names the folder at a path, without touching it.
  public init(path: String) { url = URL(fileURLWithPath: path) }

  /// What the folder knows about the trials of a plan.
  public struct Standing: Sendable {
    /// The results of finished trials.
    public var results: [Trial: TrialResult] = [:]
    /// Files that hold no result that can be used.
    public var damaged: [URL] = []
    /// Files of trials that were done otherwise, such as with another recipe.
    public var foreign: [URL] = []
    /// How those differ, such as `epochs 3, not 5`.
    public var differences: [String] = []
  }

  /// Looks for the results of a plan's trials, without changing anything.
  ///
  /// - Parameter plan: The evaluation.
  /// - Returns: What was found.
  /// - Throws: `RunError` if the folder holds other things than an evaluation.
  public func standing(of plan: EvaluationPlan) throws(RunError) -> Standing {
    try check()
    let trials = plan.trials
    let wanted = Set(trials)
    var standing = Standing()
    for entry in try store.entries() {
      switch entry {
      case .damaged(let file): standing.damaged.append(file)
      case .finished(let file, let trial, let result):
        if wanted.contains(trial) {
          let isWhole =
            !plan.savesWeights || result.diverged
            || FileManager.default.fileExists(atPath: TrialStore.weights(beside: file).path)
          if isWhole { standing.results[trial] = result }
        } else if let peer = trials.first(where: {
          $0.model == trial.model && $0.dataset == trial.dataset
        }) {
          let differences = trial.differences(from: peer)
          if differences.isEmpty { continue }
          standing.foreign.append(file)
          standing.differences += differences.filter { !standing.differences.contains($0) }
        }
      }
    }
    try addRates(of: plan, to: &standing)
    return standing
  }

  /// Looks for results at other learning rates. What the plan does not ask for is let alone.
  private func addRates(of plan: EvaluationPlan, to standing: inout Standing) throws(RunError) {
    let wanted = plan.rateTrials
    guard !wanted.isEmpty else { return }
    for entry in try rates.entries() {
      switch entry {
      case .damaged(let file): standing.damaged.append(file)
      case .finished(let file, let trial, let result):
        let isWhole =
          !plan.savesWeights || trial.scored != .test || result.diverged
          || FileManager.default.fileExists(atPath: TrialStore.weights(beside: file).path)
        if wanted.contains(trial), isWhole { standing.results[trial] = result }
      }
    }
  }

  /// Checks that the folder can be made or written to, and is absent, empty, or that of an
  /// evaluation.
  private func check() throws(RunError) {
    let path = url.relativePath
    try OutputFolder.check(url)
    try OutputFolder.check(store.url)
    try OutputFolder.check(rates.url)
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [])
      .filter { !AtomicFile.isTemporary($0) }
    let own = [store.url, report].map(\.lastPathComponent)
    guard names.isEmpty || names.contains(where: own.contains) else {
      throw RunError(
        "\(path): holds other files than an evaluation's", cure: "give another folder with --output"
      )
    }
  }

  /// Makes the folder, and keeps other processes from writing to it for as long as the lock lives.
  ///
  /// - Throws: `RunError` if that is not possible, or it holds other things.
  public func lock() throws(RunError) -> FolderLock {
    try check()
    try store.prepare()
    return try FolderLock(url)
  }

  /// Removes files of trials, and what killed processes have left half written.
  ///
  /// - Parameter files: Some of `standing(of:)`.
  /// - Throws: `RunError` if one cannot be removed.
  public func remove(_ files: [URL]) throws(RunError) {
    AtomicFile.removeLeftovers(of: report.path)
    AtomicFile.removeAbandoned(in: url.path)
    try store.remove(files)
    try rates.remove([])
  }

  /// Writes the report as a whole or not at all; tables of other networks and data sets, which an
  /// earlier command left there, stay in it.
  ///
  /// - Parameters:
  ///   - report: What this command has come to.
  ///   - known: Functions whose part in the comparison is known, for a file that is damaged.
  /// - Throws: `RunError` if that is not possible.
  package func write(_ report: EvaluationReport, known: [Contender] = []) throws(RunError) {
    let file = self.report
    let earlier = try storedReport(known: known)?.report
    do {
      let data = try (earlier.map(report.keepingTables) ?? report).json()
      try data.withUnsafeBytes { try AtomicFile.write($0, to: file.path) }
    } catch let error as UnwritableFile {
      throw RunError(
        UnwritableFile(file: file.relativePath, reason: error.reason),
        cure: "make room or give another folder with --output")
    } catch {
      throw RunError(
        "\(file.relativePath): cannot be written (\(error))", cure: "give the command again")
    }
  }
}
