import Foundation
import Synchronization
import Traces

/// The same search with several seeds, each in a process and a folder of its own.
public struct SeedSearch: Sendable {
  private let pool: ProcessPool
  private let folder: URL

  /// Prepares the searches.
  ///
  /// - Parameters:
  ///   - executable: The command `grafs-swift`.
  ///   - folder: Where the runs' folders go.
  ///   - jobs: How many searches run side by side, at least one.
  public init(executable: URL, folder: URL, jobs: Int) {
    pool = ProcessPool(executable: executable, width: jobs)
    self.folder = folder
  }

  /// The folder of a seed's run.
  public func folder(ofSeed seed: UInt64) -> URL {
    folder.appendingPathComponent("seed-\(seed)")
  }

  /// Runs the searches that are not finished yet.
  ///
  /// Signals that ask for an end are passed on to the searches that run, which leave checkpoints;
  /// no other is begun.
  ///
  /// - Parameters:
  ///   - seeds: The seeds.
  ///   - compares: Whether a search is finished only when the model was trained with its usual
  ///     activation too.
  ///   - arguments: The command's arguments for a seed.
  ///   - report: Called with every seed when its search has ended, from the search's own thread.
  /// - Returns: The seeds whose command failed, in their order.
  /// - Throws: `Interruption` after a signal, or what starting a process throws.
  public func run(
    _ seeds: [UInt64], compares: Bool,
    arguments: @escaping @Sendable (UInt64) -> [String],
    report: @escaping @Sendable (UInt64) -> Void
  ) throws -> [UInt64] {
    let failed = Failed()
    let missing = seeds.filter { seed in
      guard let result = result(ofSeed: seed) else { return true }
      let isFinished = result.status == Trace.Status.finished.rawValue
      return compares && isFinished && !result.hasEnd
    }
    try pool.run(missing, arguments: arguments) { seed, status in
      report(seed)
      if status != 0 { failed.seeds.withLock { $0.append(seed) } }
    }
    return failed.seeds.withLock { $0.sorted() }
  }

  /// What the processes' threads share.
  private final class Failed: Sendable {
    let seeds = Mutex<[UInt64]>([])
  }

  /// The result of a seed's run; nil of one that has not ended.
  public func result(ofSeed seed: UInt64) -> SearchResult? {
    // One that was changed is named by the seed's own command, which finds it.
    try? RunFolder(path: folder(ofSeed: seed).path).storedResult()
  }
}
