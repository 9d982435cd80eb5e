import Activations
import ArgumentParser
import Exports
import Files
import Foundation
import Reports
import Runs

/// Writes a function as code.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes an activation function as code.",
    usage: "grafs-swift export <function> --to <target> [<options>]",
    discussion: """
      The code computes the function and its derivative with the same guards as a
      search, scalars filled in; that of a run bounds its operations as the search
      did, unless --bound says otherwise. A comment says where the function comes
      from.

      EXAMPLES
        grafs-swift export runs/first --to pytorch --output activation.py
        grafs-swift export 'sigmoid(gelu(x)) * gelu(x)' --to c
        grafs-swift export silu --to onnx --output silu.onnx
      """)

  @Argument(
    help: """
      A run's folder, an operation's name, such as silu, or a formula, such as \
      'x * sigmoid(x)'.
      """)
  var function: String

  @Option(
    help: ArgumentHelp(
      "What to write: \(ExportTarget.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "target"))
  var to: String

  @Option(help: ArgumentHelp("The file to write. (default: standard output)", valueName: "file"))
  var output: String?

  @Option(help: "The function's name in the code; of several, its beginning.")
  var name = "activation"

  @Option(parsing: .unconditional, help: BoundOption.help)
  var bound: BoundOption?

  @Option(
    help: """
      ONNX: declare the input's shape, such as N,C,H,W, or any, which ONNX's checker refuses. \
      (default: N)
      """)
  var shape: String?

  @Flag(help: "Replace the file that --output names.")
  var force = false

  func run() throws {
    let target = try ExportTarget(named: to)
    if target.isBinary, output == nil, isatty(STDOUT_FILENO) != 0 {
      throw RunError(
        "\(target) is binary and not for a terminal",
        cure: "give --output FILE")
    }
    if target != .onnx, shape != nil {
      throw RunError(
        "--shape is for --to onnx",
        cure: "\(target) takes any shape")
    }
    if let output {
      try target.checkFile(output)
      do {
        try checkIsFree(output)
      } catch let error as UnwritableFile {
        throw unwritable(error)
      }
    }
    let requested = try RequestedFunction(function)
    if let bound = bound?.bound, !(bound > 0 && bound.isFinite) {
      throw ExportError.impossibleBound(bound)
    }
    let function = bound.map { requested.function.within($0.limits) } ?? requested.function
    for cell in function.cells
    where !cell.name.isEmpty && cell.name.wholeMatch(of: /(stage|site)[0-9]+/) == nil {
      throw RunError(
        "'\(requested.argument)': no network has a part '\(cell.name)'",
        cure: "call parts stage0, stage1, … or site0, site1, …, or give one function without a name"
      )
    }
    if let warning = requested.warning { ProgressReport(isQuiet: false).warning(warning) }
    let functions = try function.cells.map { cell in
      try ExportedFunction(
        name: name, cell: cell.name, expression: cell.expression, limits: function.limits)
    }
    let origin = FunctionOrigin(
      search: requested.run.map { FunctionOrigin.Search($0.result) },
      programVersion: ProgramVersion.current)
    let bytes = try Export(functions, origin: origin, shape: extents).bytes(for: target)
    guard let output else {
      try StandardOutput.write(Data(bytes))
      return
    }
    do {
      try bytes.withUnsafeBytes { try AtomicFile.write($0, to: output) }
    } catch let error as UnwritableFile {
      throw unwritable(error)
    }
  }

  private func unwritable(_ error: UnwritableFile) -> RunError {
    RunError(
      UnwritableFile(file: error.file.isEmpty ? "--output" : error.file, reason: error.reason),
      cure: "give another --output")
  }

  /// The declared shape's parts; nil for any shape.
  private var extents: [String]? {
    let shape = shape ?? "N"
    guard shape != "any" else { return nil }
    return shape.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  /// Refuses to replace what is there; pipes and devices are not replaced but written to.
  private func checkIsFree(_ path: String) throws {
    let target = try OutputTarget(of: path)
    if target == .folder {
      throw RunError(
        "\(path): is a folder",
        cure: "name a file with --output")
    }
    guard case .file(let place) = target, FileManager.default.fileExists(atPath: place) else {
      return
    }
    if RunFolder.hasNameOfRun(place) {
      throw RunError(
        "\(path): belongs to a run and is never replaced", cure: "give another --output")
    }
    if !force {
      throw RunError(
        "\(path): is there already",
        cure: "give --force to replace it, or another --output")
    }
  }
}

extension FunctionOrigin.Search {
  /// What a result says about its search.
  fileprivate init(_ result: SearchResult) {
    self.init(
      network: result.network, dataset: result.dataset, seed: result.seed, epochs: result.epochs)
    metric = result.usedMetric
    validationAccuracy = result.validationAccuracy
    validationLoss = result.validationLoss
    usual = result.usualActivation.map { _ in result.usualTitle }
    usualValidationAccuracy = result.usualValidationAccuracy
    usualValidationLoss = result.usualValidationLoss
    race = result.evidence?.lines ?? []
  }
}
