import Files
import Foundation
import Synchronization

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
  ///   - progress: Called with every trial that has been done here, from whichever thread it ran
  ///     on.
  /// - Returns: A result for each trial.
  /// - Throws: What `run` throws; `RunError` if a training failed.
  public func results(
    of trials: [Trial], in store: TrialStore, damage: (URL) -> Void = { _ in },
    progress: @escaping @Sendable (TrialsProgress) -> Void = { _ in }
  ) throws -> [TrialResult] {
    var missing: [Trial] = []
    for trial in trials where store.result(of: trial) == nil && !missing.contains(trial) {
      missing.append(trial)
      if let file = store.damagedFile(of: trial) { damage(file) }
    }
    let counter = Counter(trials.count - missing.count)
    if !missing.isEmpty {
      try run(missing, in: store) { trial, outcome in
        switch outcome {
        case .failed(let reason):
          throw RunError(
            "\(trial.title): the training failed\(reason.map { " (\($0))" } ?? "")",
            cure: "go on with --resume")
        case .done(let result):
          let count = counter.done.add(1, ordering: .relaxed).newValue
          progress(
            TrialsProgress(trial: trial, result: result, done: count, count: trials.count))
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

/// What the threads of trials count together.
private final class Counter: Sendable {
  let done: Atomic<Int>

  init(_ done: Int) { self.done = Atomic(done) }
}

/// How far several trials have come.
public struct TrialsProgress: Sendable {
  /// The trial that has just been done.
  public let trial: Trial
  /// What it came to.
  public let result: TrialResult
  /// How many have a result, those of earlier commands included.
  public let done: Int
  /// How many there are.
  public let count: Int
}

/// How a trial ended.
public enum TrialOutcome: Sendable, Hashable {
  /// With a result, which the store holds.
  case done(TrialResult)
  /// Without one; a line says why, where that is known.
  case failed(String?)
}
