import Datasets
import Files
import Foundation
import Reports
import Tensors

/// The other end of `TrialsInWorkers`: a process that lives for many trials, and ends with its
/// parent.
///
/// It reads a request as a line of JSON from standard input, writes the result to the store, and
/// then a line to standard output: `done`, or `failed` and why. It ends with the input.
public struct TrialWorker {
  private let catalog: TrialCatalog
  private let locations: DataLocations
  private let device: Device
  private let store: TrialStore
  private let savesWeights: Bool

  /// What a worker is handed.
  struct Request: Codable {
    /// What is to be done.
    let trial: Trial
    /// The process that waits for the result, this one's parent. Asked for at the beginning it
    /// might have ended by then, and the parent would be another.
    let process: Int32
  }

  /// What a worker answers.
  enum Answer: String {
    case done, failed
  }

  /// Prepares a worker.
  ///
  /// - Parameters:
  ///   - catalog: The models and data sets that trials may name.
  ///   - locations: Where the data sets lie.
  ///   - device: What to compute on.
  ///   - store: Where results go; another process has its lock.
  ///   - savesWeights: Whether trained weights are kept.
  public init(
    catalog: TrialCatalog, locations: DataLocations, device: Device, store: TrialStore,
    savesWeights: Bool
  ) {
    self.catalog = catalog
    self.locations = locations
    self.device = device
    self.store = store
    self.savesWeights = savesWeights
  }

  /// The process that began this one has ended: nobody waits for the result any more, and another
  /// process may do the same trial, so that it is left at once, without a checkpoint.
  private struct Orphaned: Error {}

  /// Does trials until there are no more.
  ///
  /// - Throws: `Interruption` after a signal; the trial then has a checkpoint.
  public func run() throws(Interruption) {
    let signals = StopSignals()
    var dataset = LatestDataset(catalog.datasets, from: locations)
    while let line = readLine() {
      try signals.check()
      do {
        let request = try SortedJSON.value(Request.self, from: Data(line.utf8))
        let trial = request.trial
        let result = try trial.run(
          on: dataset.examples(of: trial),
          .init(
            catalog: catalog, device: device, store: store, savesWeights: savesWeights,
            progress: ProgressReport(isQuiet: true),
            check: {
              if getppid() != request.process { throw Orphaned() }
              try signals.check()
            }))
        try store.write(result, of: trial)
        answer("\(Answer.done)")
      } catch let interruption as Interruption {
        throw interruption
      } catch is Orphaned {
        return
      } catch {
        answer("\(Answer.failed) \("\(error)".split(separator: "\n").joined(separator: " "))")
      }
    }
  }

  /// Writes a line for the parent. Where there is none any more, the input has ended too.
  private func answer(_ line: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
  }
}
