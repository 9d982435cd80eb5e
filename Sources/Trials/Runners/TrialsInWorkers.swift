import Activations
import Files
import Foundation
import Processes
import Synchronization

/// Does trials in processes of their own, several side by side, each of which lives for many
/// trials.
public struct TrialsInWorkers: TrialRunner, Sendable {
  private let executable: URL
  private let width: Int
  private let arguments: @Sendable (TrialStore) -> [String]

  /// Prepares a runner.
  ///
  /// - Parameters:
  ///   - executable: The command whose workers do the trials.
  ///   - width: How many run side by side.
  ///   - arguments: The command's arguments, with which it becomes a `TrialWorker` of a store.
  /// - Precondition: `width` is positive.
  public init(
    executable: URL, width: Int, arguments: @escaping @Sendable (TrialStore) -> [String]
  ) {
    precondition(width > 0, "TrialsInWorkers: \(width) side by side")
    self.executable = executable
    self.width = width
    self.arguments = arguments
  }

  /// Does trials. A worker that ends before its time fails the trial it had, and another takes its
  /// place; but where there is no memory for one, nothing more is begun.
  ///
  /// Signals that ask for an end are passed on to the workers, which leave checkpoints.
  public func run(
    _ trials: [Trial], in store: TrialStore,
    report: @escaping @Sendable (Trial, TrialOutcome) throws -> Void
  ) throws {
    try store.prepare()
    let state = State(trials)
    let signals = StopSignals()
    SystemThread.together(min(width, trials.count), named: "worker") {
      [known = OperationSet.known] in
      // A thread does not inherit what names mean.
      OperationSet.$known.withValue(known) { work(state, in: store, signals, report) }
    }
    try signals.check()
    if let error = state.failure.withLock({ $0 }) { throw error }
  }

  /// Keeps one worker busy until no trial waits, or something fails.
  private func work(
    _ state: State, in store: TrialStore, _ signals: StopSignals,
    _ report: @escaping @Sendable (Trial, TrialOutcome) throws -> Void
  ) {
    do {
      var worker: Worker?
      defer { worker?.end() }
      while state.failure.withLock({ $0 == nil }), let trial = state.next() {
        let current = try worker ?? Worker(executable, arguments(store), signals)
        worker = current
        // A signal that comes from here on is passed on to this worker too.
        if signals.hasCome { return }
        let answer = try current.answer(to: trial)
        if signals.hasCome { return }
        if answer == nil {
          worker = nil
          try Self.check(current.end())
        }
        try report(trial, Self.outcome(of: trial, answer: answer, in: store))
      }
    } catch {
      state.failure.withLock { $0 = $0 ?? error }
    }
  }

  /// What has ended a worker ends all, if no other worker could do better.
  ///
  /// - Throws: `OutOfMemory`, or `RunError` where the worker could not even be loaded.
  private static func check(_ status: Int32) throws {
    if let error = OutOfMemory(status: status, of: "a training") { throw error }
    // What the system's loader gives, which has said why.
    if status == 127 {
      throw RunError(
        "the process of a training could not be loaded",
        cure: "raise the limits of memory (ulimit -v) and open files (ulimit -n), or give --jobs 1")
    }
  }

  private static func outcome(
    of trial: Trial, answer: String?, in store: TrialStore
  ) -> TrialOutcome {
    guard let answer else { return .failed(nil) }
    if answer == "\(TrialWorker.Answer.done)", let result = store.result(of: trial) {
      return .done(result)
    }
    return .failed(answer.split(separator: " ", maxSplits: 1).dropFirst().first.map(String.init))
  }

  /// A process and the pipes to it.
  private final class Worker {
    private let process: ChildProcess
    /// What has come of the next line.
    private var rest = Data()

    init(
      _ executable: URL, _ arguments: [String], _ signals: StopSignals
    ) throws(UnstartedProcess) {
      do throws(UnstartedProcess) {
        process = try ChildProcess(
          executable, arguments, input: .pipe, output: .pipe, passing: signals.watch)
      } catch {
        throw error.amongJobs
      }
    }

    /// Hands a trial over and waits for what becomes of it; nil if the process has ended.
    func answer(to trial: Trial) throws -> String? {
      let request = TrialWorker.Request(trial: trial, process: getpid())
      guard process.write(try SortedJSON.data(request, isPretty: false)) else { return nil }
      while true {
        if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          defer { rest = rest[rest.index(after: end)...] }
          return String(decoding: rest[..<end], as: UTF8.self)
        }
        let part = process.read()
        if part.isEmpty { return nil }
        rest.append(part)
      }
    }

    /// Says that there are no more trials, and waits for the end.
    ///
    /// - Returns: Its exit status.
    @discardableResult
    func end() -> Int32 { process.wait() }
  }

  /// What the threads share.
  private final class State: Sendable {
    let waiting: Mutex<ArraySlice<Trial>>
    let failure = Mutex<(any Error)?>(nil)

    init(_ trials: [Trial]) { waiting = Mutex(trials[...]) }

    func next() -> Trial? { waiting.withLock { $0.popFirst() } }
  }
}
