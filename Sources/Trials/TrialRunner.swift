import Files
import Foundation

/// What does trials: in this process, in several, on other machines.
public protocol TrialRunner {
  /// Does trials, also those that the store has results of, and writes their results there.
  ///
  /// - Parameters:
  ///   - trials: What is to be done; begun in this order.
  ///   - store: Where results go.
  ///   - report: Called with every trial that has ended, from whichever thread it ran on; once it
  ///     has thrown, no other trial is begun.
  /// - Throws: `Interruption` after SIGINT, SIGTERM or SIGHUP, what `report` throws, one-line
  ///   errors if something cannot be read or written.
  func run(
    _ trials: [Trial], in store: TrialStore,
    report: @escaping @Sendable (Trial, TrialOutcome) throws -> Void) throws
}

extension TrialRunner {
  /// The results of trials, in their order; those that the store lacks are done.
  ///
  /// - Parameters:
  ///   - trials: Equal ones are done once.
  ///   - store: Where results are and go.
  ///   - damage: Called with files that hold no result that can be used, before their trainings are
  ///     repeated.
  /// - Returns: A result for each trial.
  /// - Throws: What `run` throws; `RunError` if a training failed.
  public func results(
    of trials: [Trial], in store: TrialStore, damage: (URL) -> Void = { _ in }
  ) throws -> [TrialResult] {
    var missing: [Trial] = []
    for trial in trials where store.result(of: trial) == nil && !missing.contains(trial) {
      missing.append(trial)
      if let file = store.damagedFile(of: trial) { damage(file) }
    }
    if !missing.isEmpty {
      try run(missing, in: store) { trial, outcome in
        if case .failed(let reason) = outcome {
          throw RunError(
            "\(trial.title): the training failed\(reason.map { " (\($0))" } ?? "")",
            cure: "go on with --resume")
        }
      }
    }
    return try trials.map { trial in
      guard let result = store.result(of: trial) else {
        throw RunError(
          "\(store.file(of: trial).relativePath): its result is gone", cure: "go on with --resume")
      }
      return result
    }
  }
}

/// How a trial ended.
public enum TrialOutcome: Sendable, Hashable {
  /// With a result, which the store holds.
  case done(TrialResult)
  /// Without one; a line says why, where that is known.
  case failed(String?)
}
