import Foundation
import Search
import Synchronization

/// The same search with several seeds, each in a process and a folder of its own.
///
/// A process for each seed means that nothing is shared, and that several run side by side.
public struct SeedSearch: Sendable {
  private let executable: URL
  private let folder: URL
  private let jobs: Int

  /// Prepares the searches.
  ///
  /// - Parameters:
  ///   - executable: The command `grafs-swift`.
  ///   - folder: Where the runs' folders go.
  ///   - jobs: How many searches run side by side, at least one.
  public init(executable: URL, folder: URL, jobs: Int) {
    self.executable = executable
    self.folder = folder
    self.jobs = jobs
  }

  /// The folder of a seed's run.
  public func folder(ofSeed seed: UInt64) -> URL {
    folder.appendingPathComponent("seed-\(seed)")
  }

  /// Runs the searches that are not finished yet.
  ///
  /// SIGINT and SIGTERM are passed on to the searches that run, which leave checkpoints; no other is
  /// begun.
  ///
  /// - Parameters:
  ///   - seeds: The seeds.
  ///   - arguments: The command's arguments for a seed.
  ///   - report: Is told of every seed when its search has ended, from the search's own thread.
  /// - Returns: The seeds whose command failed, in their order.
  /// - Throws: `Interruption` after a signal, or what starting a process throws.
  public func run(
    _ seeds: [UInt64], arguments: @escaping @Sendable (UInt64) -> [String],
    report: @escaping @Sendable (UInt64) -> Void
  ) throws -> [UInt64] {
    let state = State(waiting: seeds.filter { result(ofSeed: $0) == nil })
    let signals = StopSignals { number in
      for process in state.running.withLock({ $0.values }) { kill(process, number) }
    }
    let executable = executable
    DispatchQueue.concurrentPerform(iterations: jobs) { _ in
      while !signals.hasCome,
        let seed = state.waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() })
      {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments(seed)
        process.standardOutput = FileHandle.nullDevice
        do {
          try process.run()
        } catch {
          state.failure.withLock { $0 = error }
          return
        }
        state.running.withLock { $0[seed] = process.processIdentifier }
        // One that came between the two lines above has not been passed on.
        if signals.hasCome { process.interrupt() }
        process.waitUntilExit()
        state.running.withLock { $0[seed] = nil }
        if signals.hasCome { return }
        report(seed)
        if process.terminationStatus != 0 { state.failed.withLock { $0.append(seed) } }
      }
    }
    try signals.check()
    if let error = state.failure.withLock({ $0 }) { throw error }
    return state.failed.withLock { $0.sorted() }
  }

  /// What the threads that wait for searches share.
  private final class State: Sendable {
    let waiting: Mutex<[UInt64]>
    let running = Mutex<[UInt64: Int32]>([:])
    let failed = Mutex<[UInt64]>([])
    let failure = Mutex<(any Error)?>(nil)

    init(waiting: [UInt64]) { self.waiting = Mutex(waiting) }
  }

  /// The result of a seed's run; nil of one that has not ended.
  public func result(ofSeed seed: UInt64) -> SearchResult? {
    let file = folder(ofSeed: seed).appendingPathComponent("result.json")
    guard let data = try? Data(contentsOf: file) else { return nil }
    return try? SearchResult(json: data)
  }
}
