import CProcesses
import Foundation

/// Threads that the system may refuse: a limit of processes or of address space leaves none.
package enum SystemThread {
  /// The stack of a thread, in bytes: that of the main thread on Linux.
  private static let stackBytes = 8 << 20
  /// Less than commands may need, deep formulas among it.
  private static let smallStackBytes = 4 << 20

  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a thread.
  ///
  /// - Parameters:
  ///   - name: For those who look at the process from outside; at most 15 bytes.
  ///   - body: What it does; it ends with it.
  /// - Returns: Whether there is one; otherwise nothing has happened.
  package static func start(named name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
    let held = Unmanaged.passRetained(Body(body))
    let status = process_start_thread(
      name, stackBytes,
      { argument in
        guard let argument else { return }
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
      }, held.toOpaque())
    if status != 0 { held.release() }
    return status == 0
  }

  /// Does the same on several threads at once, the caller's among them, and returns when all have
  /// come to its end. Where the system gives fewer threads, fewer do it.
  ///
  /// - Parameters:
  ///   - count: How many at most; at least one does it.
  ///   - name: Of the threads.
  ///   - body: What each does.
  package static func together(
    _ count: Int, named name: String, _ body: @escaping @Sendable () -> Void
  ) {
    let running = Running()
    for _ in 1..<max(1, count) {
      running.add(1)
      let hasStarted = start(named: name) {
        body()
        running.add(-1)
      }
      guard hasStarted else {
        running.add(-1)
        break
      }
    }
    body()
    running.waitForNone()
  }

  /// Does something on a stack of the usual size: where the limit of the main thread's is small
  /// (`ulimit -s`), on a thread with a stack of its own, if there is one.
  ///
  /// - Parameter body: What is done; may end the process.
  package static func withUsualStack(_ body: @escaping @Sendable () -> Void) {
    guard process_stack_limit() < smallStackBytes else { return body() }
    process_set_usual_stack(stackBytes)
    let running = Running()
    running.add(1)
    let hasStarted = start(named: "main") {
      body()
      running.add(-1)
    }
    if hasStarted { running.waitForNone() } else { body() }
  }

  /// How many have not ended yet.
  private final class Running: @unchecked Sendable {
    private let condition = NSCondition()
    private var count = 0

    func add(_ change: Int) {
      condition.lock()
      count += change
      condition.broadcast()
      condition.unlock()
    }

    func waitForNone() {
      condition.lock()
      while count > 0 { condition.wait() }
      condition.unlock()
    }
  }
}
