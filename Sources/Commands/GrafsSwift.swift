import ArgumentParser
import Evaluation
import Foundation
import Processes
import Suggestions
import Tensors
import Trials

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
      StandardError.writeLine("Error: " + unknownName(name, kind: "command", known: known))
      exit(withError: ExitCode.validationFailure)
    }
    do {
      var command = try parseAsRoot(FormulaArguments.shielded(Array(names)))
      try command.run()
    } catch {
      fail(error)
    }
  }

  /// Ends the command with the error's status and one line, or with the help that was asked for.
  private static func fail(_ error: any Error) -> Never {
    // What no process of the work can have is said once, by the one that started them.
    if error is MissingResource, ParentProcess.isThere {
      exit(withError: ExitCode(OutOfMemory.childStatus))
    }
    let code = exitCode(for: error)
    let message = message(for: error)
    if code.isSuccess { showRequested(fullMessage(for: error)) }
    if message.isEmpty { exit(withError: error) }
    StandardError.writeLine("Error: " + (message + (usageRemark(of: error, message) ?? "")))
    exit(withError: code)
  }

  /// Ends the command with the help or the version that was asked for, or with one line where that
  /// cannot be written.
  private static func showRequested(_ text: String) -> Never {
    do {
      if !text.isEmpty { try StandardOutput.write(text + "\n") }
      exit()
    } catch {
      StandardError.writeLine("Error: \(error)")
      exit(withError: ExitCode.failure)
    }
  }

  /// What the line says about an argument that could not be read: what may stand there, and where
  /// that is explained; nil of other errors.
  private static func usageRemark(of error: any Error, _ message: String) -> String? {
    guard exitCode(for: error) == .validationFailure else { return nil }
    let rest = fullMessage(for: error).dropFirst("Error: \(message)\n".count)
    let place =
      rest.firstMatch(of: /See '([^'\n]+)' for more information/)?.1 ?? "grafs-swift --help"
    var remark = ""
    let isMinus =
      message.hasPrefix("Unknown option") && !message.contains("Did you mean")
      || message.hasPrefix("Missing expected argument")
        && CommandLine.arguments.contains { $0.hasPrefix("-") }
    if isMinus, ["export", "evaluate", "inspect"].contains(where: place.contains) {
      remark =
        CommandLine.arguments.contains("--")
        ? "; what stands behind -- is no option: put options before it"
        : "; put -- before a function or a name that begins with a minus"
    } else if let option = message.firstMatch(of: /^Missing value for '(--[a-z0-9-]+)/)?.1,
      let value = FormulaArguments.value(behind: String(option), in: CommandLine.arguments)
    {
      let word = Interruption.quoted("\(option)=\(value)")
      remark = "; a value that begins with a minus is given as \(word)"
    } else if let option = message.firstMatch(of: /is invalid for '--([a-z0-9-]+)/)?.1,
      let kind = kind(ofOption: String(option), in: place)
    {
      remark = ", which must be \(kind)"
    } else if let help = rest.firstMatch(of: /^Help:  .+?  ([^\n]+)/)?.1 {
      remark = " (\(help.hasSuffix(".") ? help.dropLast() : help))"
    }
    return "\(remark); see '\(place)'"
  }

  /// What the value of an option may be that is a setting.
  private static func kind(ofOption name: String, in place: Substring) -> String? {
    if place.contains(" search ") {
      return Offered.catalog.settings.first { $0.name == name }?.kind
    }
    guard place.contains(" evaluate ") else { return nil }
    return EvaluationConfiguration.settings.first { $0.name == name }?.kind
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
