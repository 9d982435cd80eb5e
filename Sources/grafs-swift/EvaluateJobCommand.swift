import ArgumentParser
import Datasets
import Runs

/// Does one job of an evaluation: what `evaluate --jobs` starts. Not for people, so `--help` does not
/// list it.
struct EvaluateJobCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate-job",
    abstract: "Does one job of an evaluation, for evaluate --jobs.", shouldDisplay: false)

  @Argument(help: "The job as JSON.")
  var job: String

  @Option(help: "The evaluation's folder.")
  var output: String

  @Option(help: "The folder with data sets.")
  var dataDir: String?

  @Flag(help: "Keep the trained weights.")
  var saveWeights = false

  @OptionGroup var machine: MachineOptions

  func run() throws {
    do {
      try EvaluationJob(argument: job).runAlone(
        in: EvaluationFolder(path: output), locations: DataLocations(option: dataDir),
        device: machine.device(), savesWeights: saveWeights)
    } catch let interruption as Interruption {
      // The process that began this one says how to go on.
      throw ExitCode(128 + interruption.signal)
    }
  }
}
