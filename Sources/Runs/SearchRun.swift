import Activations
import Files
import Foundation
import Reports
import Search
import Tensors
import Traces
import Trials

/// A search from beginning to end, with all that it leaves behind.
public struct SearchRun {
  /// What is searched, on what.
  public let problem: RunProblem
  /// Does the trainings of candidates side by side; nil for one after another in this process.
  public var workers: TrialsInWorkers?

  let folder: RunFolder
  let progress: ProgressReport
  let device: Device
  private let origin: RunOrigin

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - problem: What is searched, on what.
  ///   - folder: For what the run leaves behind: an empty one, or that of a run to be resumed.
  ///   - origin: Which program and command, for the record.
  ///   - progress: Where to show progress.
  ///   - device: What to compute on.
  public init(
    _ problem: RunProblem, folder: RunFolder, origin: RunOrigin, progress: ProgressReport,
    device: Device
  ) {
    self.problem = problem
    self.folder = folder
    self.origin = origin
    self.progress = progress
    self.device = device
  }

  /// Searches, and writes trace, configuration, checkpoints and result. The checkpoints are deleted
  /// at the end.
  ///
  /// - Parameters:
  ///   - resuming: Whether to go on where the last checkpoint in the folder stands.
  ///   - compares: Whether the race follows, or the training of the model with its usual activation
  ///     on the same budget; nil for as the search began, which is with it unless it was declined.
  ///   - lock: The folder's, if the caller has it, from before it looked what is there.
  /// - Returns: The result, as written.
  /// - Throws: `Interruption` after SIGINT, SIGTERM or SIGHUP, one-line errors if something cannot
  ///   be written, or no checkpoint be used.
  public func search(
    resuming: Bool = false, compares: Bool? = nil, holding lock: FolderLock? = nil
  ) throws -> SearchResult {
    let lock = try lock ?? folder.lock()
    defer { withExtendedLifetime(lock) {} }
    // One for all parts: a signal between two of them must not be lost.
    let signals = StopSignals()
    defer { withExtendedLifetime(signals) {} }
    let search = problem.configuration.search
    let (result, isWanted) =
      switch search.method {
      case .relaxed(let relaxed):
        try self.search(
          problem.model, BilevelConfiguration(task: search.task, relaxed: relaxed),
          resuming: resuming, compares: compares, signals)
      case .proposed(let proposals):
        try self.search(
          problem.model, proposals, resuming: resuming, compares: compares, signals)
      }
    return isWanted ? try ended(result, signals) : result
  }

  /// Does only the race or the comparison of a search that has ended.
  ///
  /// - Parameters:
  ///   - result: What the search has found.
  ///   - lock: The folder's, if the caller has it, from before it looked what is there.
  /// - Returns: The result with the comparison, as written; what it was if there is nothing to
  ///   compare, or that has been done.
  /// - Throws: `Interruption` after SIGINT, SIGTERM or SIGHUP, one-line errors if something cannot
  ///   be written.
  public func compare(
    _ result: SearchResult, holding lock: FolderLock? = nil
  ) throws -> SearchResult {
    let lock = try lock ?? folder.lock()
    let signals = StopSignals()
    defer { withExtendedLifetime((lock, signals)) {} }
    return try ended(result, signals)
  }

  /// Who runs what, where and when; the search has just begun.
  var header: Trace.Header {
    let configuration = problem.configuration
    var header = Trace.Header(seed: configuration.search.task.seed)
    header.programVersion = origin.programVersion
    header.commandLine = origin.commandLine
    header.network = configuration.network
    header.dataset = configuration.dataset
    header.usualActivation = problem.model.usualActivation.name
    header.started = ISO8601DateFormatter().string(from: Date())
    header.machine = "\(Machine.processor), \(threads)"
    header.blas = Machine.blas
    return header
  }

  var threads: String {
    device.threadCount == 1 ? "1 thread" : "\(device.threadCount) threads"
  }

  /// A result without anything found yet.
  func result(_ status: Trace.Status, elapsedSeconds: Double) -> SearchResult {
    let configuration = problem.configuration
    var result = SearchResult(
      status: status.rawValue, network: configuration.network, dataset: configuration.dataset,
      seed: configuration.search.task.seed, epochs: configuration.search.task.recipe.epochs,
      elapsedSeconds: elapsedSeconds)
    result.metric = problem.model.metric
    return result
  }
}

/// Which program made a run by which command, for its record.
public struct RunOrigin: Sendable, Hashable {
  /// The program's version.
  public let programVersion: String
  /// The command as it was typed.
  public let commandLine: String

  /// Names both.
  public init(programVersion: String, commandLine: String) {
    self.programVersion = programVersion
    self.commandLine = commandLine
  }
}
