import ArgumentParser
import Foundation
import Suggestions

/// The command `grafs-swift`: what each of its subcommands does stands in a file of its own.
struct GrafsSwift: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grafs-swift",
    abstract: "Finds the activation function that suits your network and data.",
    discussion: """
      EXAMPLES
        grafs-swift search resnet20          # a few minutes, on Fashion-MNIST
        grafs-swift search resnet20 --data cifar10 --preset paper
        grafs-swift inspect runs/first       # what happened in a search
        grafs-swift evaluate runs/first      # is its function better than ReLU?
        grafs-swift primitives
      """,
    version: ProgramVersion.current,
    subcommands: [
      SearchCommand.self, InspectCommand.self, EvaluateCommand.self, ExportCommand.self,
      PrimitivesCommand.self, DataCommand.self, BenchCommand.self, TrialWorkerCommand.self,
    ])

  /// Runs the command, or says which subcommand was probably meant: ArgumentParser takes the name
  /// of an unknown one for an argument too many.
  static func main() {
    let all = configuration.subcommands.compactMap { $0.configuration.commandName }
    let hidden = [TrialWorkerCommand.configuration.commandName]
    let known = all.filter { !hidden.contains($0) } + ["help"]
    let names = CommandLine.arguments.dropFirst()
    let asked = names.first == "help" ? names.dropFirst().first : names.first
    if let name = asked, !name.hasPrefix("-"), !known.contains(name), !hidden.contains(name) {
      let line = "Error: " + unknownName(name, kind: "command", known: known) + "\n"
      try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
      exit(withError: ExitCode.validationFailure)
    }
    main(FormulaArguments.shielded(Array(names)))
  }
}

/// This program: the version that traces and `--version` name, and where it lies.
enum ProgramVersion {
  static let current = "0.1.0"

  /// The file of this command, to start it again for a part of the work.
  static var executable: URL {
    Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
  }
}
