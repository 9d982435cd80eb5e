import Activations
import Foundation
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
  /// SIGINT and SIGTERM are passed on to the processes that run; no other is begun.
  ///
  /// - Parameters:
  ///   - tasks: What is to be done; begun in this order.
  ///   - arguments: The command's arguments for a task.
  ///   - report: Is told the exit status of every task that has ended, from threads of the pool;
  ///     once it has thrown, no other task is begun.
  /// - Throws: `Interruption` after a signal, what starting a process or `report` throws.
  func run<Task: Sendable>(
    _ tasks: [Task], arguments: @escaping @Sendable (Task) -> [String],
    report: @escaping @Sendable (Task, Int32) throws -> Void
  ) throws {
    let state = State(tasks)
    let signals = StopSignals { number in
      for identifier in state.running.withLock({ $0 }) { kill(identifier, number) }
    }
    let executable = executable
    let ended = DispatchGroup()
    for _ in 0..<min(width, tasks.count) {
      ended.enter()
      // Threads of their own: Dispatch would run no more of them than there are processors.
      Thread.detachNewThread { [known = OperationSet.known] in
        defer { ended.leave() }
        while !signals.hasCome, state.failure.withLock({ $0 == nil }), let task = state.next() {
          do {
            let status = try Self.run(executable, arguments(task), state: state, signals: signals)
            if signals.hasCome { return }
            // A thread does not inherit what names mean.
            try OperationSet.$known.withValue(known) { try report(task, status) }
          } catch {
            state.failure.withLock { $0 = $0 ?? error }
          }
        }
      }
    }
    ended.wait()
    try signals.check()
    if let error = state.failure.withLock({ $0 }) { throw error }
  }

  private static func run<Task>(
    _ executable: URL, _ arguments: [String], state: State<Task>, signals: StopSignals
  ) throws -> Int32 {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let identifier = process.processIdentifier
    _ = state.running.withLock { $0.insert(identifier) }
    // One that came between the two lines above has not been passed on.
    if signals.hasCome { process.interrupt() }
    process.waitUntilExit()
    _ = state.running.withLock { $0.remove(identifier) }
    return process.terminationStatus
  }

  /// What the threads share.
  private final class State<Task: Sendable>: Sendable {
    let waiting: Mutex<ArraySlice<Task>>
    let running = Mutex<Set<Int32>>([])
    let failure = Mutex<(any Error)?>(nil)

    init(_ tasks: [Task]) { waiting = Mutex(tasks[...]) }

    func next() -> Task? { waiting.withLock { $0.popFirst() } }
  }
}
