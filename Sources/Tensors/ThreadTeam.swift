import CKernels
import Foundation
import Processes
import Synchronization

/// A fixed set of threads that share out the pieces of a loop.
///
/// Which thread takes which piece varies from run to run; what a piece computes must not depend
/// on it. Callers cut their work into pieces by the problem's size alone and add partial sums in
/// the order of the pieces, so that results have the same bits whatever the thread count.
final class ThreadTeam: Sendable {
  /// The number of threads that work on a loop, the caller's included.
  let threadCount: Int

  private let job: TeamJob

  /// Starts up to `wanted − 1` threads, as many as the system gives. They wait for loops, and sleep
  /// where they wait for long.
  ///
  /// - Precondition: `wanted` is positive.
  init(wanted: Int) {
    precondition(wanted > 0, "ThreadTeam: \(wanted) threads")
    let job = TeamJob()
    self.job = job
    var helpers = 0
    while helpers < wanted - 1, SystemThread.start(named: "team-\(helpers + 1)", { job.help() }) {
      helpers += 1
    }
    job.helpers = helpers
    if helpers + 1 > Self.availableProcessors { job.patience = .zero }
    threadCount = helpers + 1
  }

  deinit { job.stop() }

  /// The processors this process may run on.
  static var availableProcessors: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Calls `body` once for each of `0..<pieces`, on all threads, and returns when all are done.
  ///
  /// The calls run at the same time, so pieces must not write to the same memory. A loop inside
  /// a loop is not supported: `body` must not call `forEach` of the same team.
  func forEach(_ pieces: Int, _ body: (Int) -> Void) {
    guard pieces > 1, threadCount > 1 else {
      for piece in 0..<pieces { body(piece) }
      return
    }
    withoutActuallyEscaping(body) { job.run(pieces: pieces, body: $0) }
  }
}

/// The loop that a team works on, and the rules by which its threads wait for one another.
private final class TeamJob: @unchecked Sendable {
  /// Set once, before the first loop.
  var helpers = 0
  private let condition = NSCondition()
  /// How many threads sleep, or are about to.
  private let sleepers = Atomic<Int>(0)
  /// One caller at a time.
  private let turn = NSLock()

  /// Raised by one for every loop; −1 ends the helpers.
  private let generation = Atomic<Int>(0)
  private let next = Atomic<Int>(0)
  private let working = Atomic<Int>(0)
  // Written by the caller before it raises `generation`, read by helpers after they saw that.
  private var pieces = 0
  private var body: ((Int) -> Void)?

  /// How long a waiting thread looks again and again before it sleeps: longer than nearly all gaps
  /// between two loops of a step, shorter than a time slice. To wake a thread of a virtual machine
  /// takes tens of microseconds, as long as many a loop.
  /// Where there are more threads than processors, one that looks keeps another from its work.
  var patience = Duration.microseconds(400)

  func run(pieces: Int, body: @escaping (Int) -> Void) {
    turn.lock()
    defer { turn.unlock() }
    self.pieces = pieces
    self.body = body
    next.store(0, ordering: .relaxed)
    working.store(helpers, ordering: .relaxed)
    generation.wrappingAdd(1, ordering: .sequentiallyConsistent)
    wake()
    takePieces()
    wait { working.load(ordering: .sequentiallyConsistent) == 0 }
    self.body = nil
  }

  func help() {
    var seen = 0
    while true {
      wait { generation.load(ordering: .sequentiallyConsistent) != seen }
      seen = generation.load(ordering: .acquiring)
      if seen < 0 { return }
      takePieces()
      if working.wrappingSubtract(1, ordering: .sequentiallyConsistent).newValue == 0 { wake() }
    }
  }

  func stop() {
    generation.store(-1, ordering: .sequentiallyConsistent)
    wake()
  }

  private func takePieces() {
    guard let body else { return }
    while true {
      let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if piece >= pieces { return }
      body(piece)
    }
  }

  /// Waits for what another thread makes true before it calls `wake`.
  private func wait(until isTrue: () -> Bool) {
    let began = ContinuousClock.now
    repeat {
      // The clock costs more than a look.
      for _ in 0..<200 {
        if isTrue() { return }
        grafs_relax()
      }
    } while ContinuousClock.now - began < patience
    // Either this thread sees what became true, or the one that made it so sees a sleeper.
    sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    condition.lock()
    while !isTrue() { condition.wait() }
    condition.unlock()
    sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
  }

  /// Wakes the threads that sleep, if there are any.
  private func wake() {
    guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    condition.lock()
    condition.broadcast()
    condition.unlock()
  }
}
