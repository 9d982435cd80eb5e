import ArgumentParser
import Datasets
import Networks
import Suggestions
import Tensors

/// Why a command does not end well, as one line.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String
}

/// Which images, and where they lie.
struct DataOptions: ParsableArguments {
  @Option(
    help: """
      The data set: \(DatasetCatalog.names.joined(separator: ", ")).
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
      throw CommandFailure(description: "--threads is \(threads), but must be from 1 to 256")
    }
    return threads
  }

  func device() throws -> Device { Device(threads: try threadCount()) }
}

extension ModelCatalog {
  /// The model of a name given by the user.
  func requested(_ name: String) throws -> ModelEntry {
    if let entry = entry(named: name) { return entry }
    if let family = families.first(where: { $0.claims(name) }) {
      throw CommandFailure(
        description: "there is no network '\(name)'; in \(family.pattern), \(family.rule), such as "
          + family.examples[0])
    }
    throw CommandFailure(description: unknownName(name, kind: "network", known: examples))
  }
}
