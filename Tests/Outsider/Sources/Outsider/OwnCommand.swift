import Activations
import Commands
import Foundation
import Networks
import Search
import Trials

/// The command with a model, a data set, a search and an operation of one's own, run as users do.
extension Outsider {
  /// What comes with the package, and what this one adds.
  static var offer: Catalog {
    var catalog = Catalog()
    catalog.trials.models.entries.append(NextToken.entry)
    catalog.trials.datasets.sources.append(Cycle.source)
    catalog.proposers.append(HillClimbing.entry)
    catalog.operations = OperationSet(
      unary: catalog.operations.unary + [
        ElementaryOperation(Logish.self), ElementaryOperation(ScaledSwish.self),
      ],
      binary: catalog.operations.binary)
    return catalog
  }

  /// Searches both ways with the command, and reads what it wrote with the command.
  static func checkCommand() throws {
    try inFolder { folder in
      guard try said(["primitives"], in: folder).contains("logish") else {
        throw Failure(description: "primitives: without logish")
      }
      let task = ["search", "next-token", "--data", "cycle", "--set", "operations=logish add"]
      let training = [
        "--epochs", "4", "--batch-size", "8", "--train-images", "64", "--quiet", "--set",
        "race-budget=12",
      ]
      _ = try said(task + training + ["--output", "relaxed"], in: folder)
      let proposals = ["--method", "hill-climbing", "--set", "budget=3", "--set", "changes=2"]
      _ = try said(
        task + training + proposals + ["--jobs", "2", "--output", "proposed"], in: folder)
      for run in ["relaxed", "proposed"] {
        let shown = try said(["inspect", run], in: folder)
        guard shown.contains("logish("), shown.contains("perplexity") else {
          throw Failure(description: "\(run): \(shown)")
        }
      }
      let trained = try said(
        [
          "evaluate", "relaxed", "--baselines", "gelu", "--epochs", "2", "--batch-size", "8",
          "--seeds", "2",
          "--quiet",
        ], in: folder)
      guard trained.contains("perplexity") else {
        throw Failure(description: "evaluate: \(trained)")
      }
    }
  }

  /// An operation with two scalars: searched, shown, trained anew, exported.
  static func checkScalars() throws {
    try inFolder { folder in
      _ = try said(
        [
          "search", "next-token", "--data", "cycle", "--set", "operations=scaled_swish add",
          "--set", "race=off", "--epochs", "4", "--batch-size", "8", "--train-images", "64",
          "--quiet", "--output", "run",
        ], in: folder)
      let result = try String(
        contentsOf: folder.appendingPathComponent("run/result.json"), encoding: .utf8)
      let number = /scaled_swish\((-?[0-9.e-]+),(-?[0-9.e-]+)\)/
      guard let match = result.firstMatch(of: number), match.1 != "1.0", match.2 != "1.5" else {
        throw Failure(description: "two scalars: \(result)")
      }
      guard try said(["inspect", "run"], in: folder).contains("scaled_swish(") else {
        throw Failure(description: "inspect: no scaled_swish")
      }
      _ = try said(
        [
          "evaluate", "run", "--baselines", "gelu", "--epochs", "2", "--batch-size", "8",
          "--seeds", "2", "--quiet",
        ], in: folder)
      for target in ["c", "python", "pytorch", "onnx"] {
        _ = try said(["export", "run", "--to", target, "--output", "f.\(target)"], in: folder)
      }
      let code = try String(contentsOf: folder.appendingPathComponent("f.c"), encoding: .utf8)
      guard code.contains("double scaled_swish") || code.contains("sigmoid(") else {
        throw Failure(description: "export: \(code)")
      }
    }
  }

  private static func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("own-command-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try body(folder)
  }

  /// What the command prints.
  private static func said(_ arguments: [String], in folder: URL) throws -> String {
    let command = Process()
    command.executableURL = Bundle.main.executableURL
    command.arguments = arguments
    command.currentDirectoryURL = folder
    let output = Pipe()
    command.standardOutput = output
    try command.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    command.waitUntilExit()
    guard command.terminationStatus == 0 else {
      throw Failure(description: "\(arguments.joined(separator: " ")): \(text)")
    }
    return text
  }
}
