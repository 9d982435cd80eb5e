import Activations
import Foundation
import Processes
import Synchronization
import Trials

/// The command run several times, each in a process of its own, some of them side by side.
///
/// A process for each task means that nothing is shared.
struct ProcessPool: Sendable {
  /// The command `grafs-swift`.
  let executable: URL
  /// How many processes run side by side, at least one.
  let width: Int

  /// Runs the command for every task.
  ///
  /// Signals that ask for an end are passed on to the processes that run; no other is begun.
  ///
  /// - Parameters:
  ///   - tasks: What is to be done; begun in this order.
  ///   - arguments: The command's arguments for a task.
  ///   - report: Is told the exit status of every task that has ended, from threads of the pool;
  ///     once it has thrown, no other task is begun.
  /// - Throws: `Interruption` after a signal, `OutOfMemory` if a process had too little, what
  ///   starting a process or `report` throws.
  func run<Task: Sendable>(
    _ tasks: [Task], arguments: @escaping @Sendable (Task) -> [String],
    report: @escaping @Sendable (Task, Int32) throws -> Void
  ) throws {
    let state = State(tasks)
    let signals = StopSignals()
    SystemThread.together(min(width, tasks.count), named: "search") {
      [executable, known = OperationSet.known] in
      while !signals.hasCome, state.failure.withLock({ $0 == nil }), let task = state.next() {
        do {
          let process = try Self.started(executable, arguments(task), signals)
          let status = process.wait()
          if signals.hasCome { return }
          if let error = OutOfMemory(status: status, of: "a search") { throw error }
          // A thread does not inherit what names mean.
          try OperationSet.$known.withValue(known) { try report(task, status) }
        } catch {
          state.failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    try signals.check()
    if let error = state.failure.withLock({ $0 }) { throw error }
  }

  private static func started(
    _ executable: URL, _ arguments: [String], _ signals: StopSignals
  ) throws(UnstartedProcess) -> ChildProcess {
    do throws(UnstartedProcess) {
      return try ChildProcess(executable, arguments, passing: signals.watch)
    } catch {
      throw error.amongJobs
    }
  }

  /// What the threads share.
  private final class State<Task: Sendable>: Sendable {
    let waiting: Mutex<ArraySlice<Task>>
    let failure = Mutex<(any Error)?>(nil)

    init(_ tasks: [Task]) { waiting = Mutex(tasks[...]) }

    func next() -> Task? { waiting.withLock { $0.popFirst() } }
  }
}
