import ArgumentParser
import Datasets
import Files
import Reports
import Settings
import Tensors

/// Which images, and where they lie.
struct DataOptions: ParsableArguments {
  @Option(
    help: """
      The data set: \(Offered.catalog.trials.datasets.names.joined(separator: ", ")).
      """)
  var data: String?

  @Option(
    help: """
      The folder with data sets, searched before GRAFS_DATA, ./data and \
      \(DataLocations.systemFolder).
      """)
  var dataDir: String?

  var locations: DataLocations { DataLocations(option: dataDir) }
}

/// How the machine is used.
struct MachineOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Threads to compute on; results do not depend on it. (default: all processors)")
  var threads: Int?

  @Flag(help: "No progress on standard error.")
  var quiet = false

  func threadCount() throws -> Int {
    // Loops have at most 32 pieces.
    let threads = threads ?? min(32, Device.availableProcessors)
    guard (1...256).contains(threads) else {
      throw ImpossibleValue(
        setting: "threads", complaint: "is \(threads), but must be from 1 to 256")
    }
    return threads
  }

  /// Makes sure that processes side by side can have what products need, which is said once then,
  /// and not by each.
  ///
  /// - Parameter jobs: How many there are.
  /// - Returns: The threads of each.
  /// - Throws: What `device` throws.
  func threadShare(of jobs: Int) throws -> Int {
    let share = max(1, try threadCount() / jobs)
    try MatrixProduct.prepare(on: Device(threads: share))
    return share
  }

  /// The threads there are, of those that are wanted, with all that products need.
  ///
  /// - Throws: `ImpossibleValue`, or `MissingResource` if memory or OpenBLAS is not there.
  func device() throws -> Device {
    let wanted = try threadCount()
    let device = Device(threads: wanted)
    try MatrixProduct.prepare(on: device)
    if device.threadCount < wanted {
      ProgressReport(isQuiet: quiet).warning(
        "the system gives only \(device.threadCount) of \(wanted) threads (see ulimit -u and -v): "
          + "it takes longer, the results are the same")
    }
    return device
  }
}
