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
  /// - Parameters:
  ///   - seeds: The seeds.
  ///   - arguments: The command's arguments for a seed.
  ///   - report: Is told of every seed when its search has ended, from the search's own thread.
  /// - Returns: The seeds whose command failed, in their order.
  /// - Throws: What starting a process throws.
  public func run(
    _ seeds: [UInt64], arguments: @escaping @Sendable (UInt64) -> [String],
    report: @escaping @Sendable (UInt64) -> Void
  ) throws -> [UInt64] {
    let waiting = Mutex(seeds.filter { result(ofSeed: $0) == nil })
    let failed = Mutex<[UInt64]>([])
    let failure = Mutex<(any Error)?>(nil)
    let executable = executable
    DispatchQueue.concurrentPerform(iterations: jobs) { _ in
      while let seed = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments(seed)
        process.standardOutput = FileHandle.nullDevice
        do {
          try process.run()
        } catch {
          failure.withLock { $0 = error }
          return
        }
        process.waitUntilExit()
        report(seed)
        if process.terminationStatus != 0 { failed.withLock { $0.append(seed) } }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return failed.withLock { $0.sorted() }
  }

  /// The result of a seed's run; nil of one that has not ended.
  public func result(ofSeed seed: UInt64) -> SearchResult? {
    let file = folder(ofSeed: seed).appendingPathComponent("result.json")
    guard let data = try? Data(contentsOf: file) else { return nil }
    return try? SearchResult(json: data)
  }
}
