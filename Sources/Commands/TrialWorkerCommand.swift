import ArgumentParser
import Datasets
import Foundation
import Trials

/// Does trials that it is handed on standard input: what `evaluate --jobs` starts. Not for people,
/// so `--help` does not list it.
struct TrialWorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trial-worker",
    abstract: "Does trials for another command, for as long as that one lives.",
    shouldDisplay: false)

  @Option(help: "The folder with the files of trials.")
  var output: String

  @Option(help: "The folder with data sets.")
  var dataDir: String?

  @Flag(help: "Keep the trained weights.")
  var saveWeights = false

  @OptionGroup var machine: MachineOptions

  func run() throws {
    do {
      try TrialWorker(
        catalog: Offered.catalog.trials, locations: DataLocations(option: dataDir),
        device: machine.device(), store: TrialStore(URL(fileURLWithPath: output)),
        savesWeights: saveWeights
      ).run()
    } catch let interruption as Interruption {
      // The process that began this one says how to go on.
      throw ExitCode(128 + interruption.signal)
    }
  }
}
