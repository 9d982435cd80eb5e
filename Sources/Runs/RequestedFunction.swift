import Activations
import Files
import Foundation

/// A function as users ask for it: by an operation's name, by a formula, or by the run that found
/// it.
public struct RequestedFunction: Sendable, Hashable {
  /// What was asked for.
  public let argument: String
  /// What it means; of a run exactly what its search found, within the limits of that search.
  public let function: PlacedFunction
  /// The search that found it, if one was named.
  public let run: Run?

  /// What a user should know of a formula that is not finite everywhere; nil of other functions.
  ///
  /// A search's operations are guarded; a formula means what mathematics says, poles included.
  public var warning: String? {
    if let run {
      guard !run.result.hasEnd, RunFolder(path: run.folder).isToRace else { return nil }
      return "\(run.folder): its race has not been run to the end, and this is what the search "
        + "alone chose; go on with grafs-swift search --resume \(run.folder)"
    }
    // Where pre-activations lie, in steps that meet the whole numbers and 0.
    let points = (-128...128).map { Double($0) / 16 }
    for cell in function.cells {
      let gaps = points.filter {
        !cell.expression.value(at: $0, limits: function.limits).isFinite
      }
      guard let nearest = gaps.min(by: { abs($0) < abs($1) }) else { continue }
      let place = gaps.count == 1 ? "" : ", and elsewhere"
      return "\(cell.name.isEmpty ? argument : cell.name) is not finite at x = "
        + "\(Notation.number(nearest).text)\(place), where a training diverges; "
        + "guarded_divide(a, b), guarded_power(a, b), guarded_sqrt(a) and guarded_log_abs(a) "
        + "stay finite"
    }
    return nil
  }

  /// A search that has come to its end.
  public struct Run: Sendable, Hashable {
    /// The run's folder, as it was named.
    public let folder: String
    /// What the search found.
    public let result: SearchResult
  }

  /// Looks for a run where the argument is no function but names a folder, or a run's file.
  /// (`./relu` names the folder, `relu` the operation.)
  ///
  /// - Parameter argument: Such as `runs/first`, `runs/first/trace.h5`, `silu` or `x * sigmoid(x)`.
  /// - Throws: `RunError` if the folder holds no search that has found a function; of a text what
  ///   reading it throws; each one line.
  public init(_ argument: String) throws {
    let argument = argument.trimmingCharacters(in: .whitespaces)
    self.argument = argument
    do {
      function = try PlacedFunction(parsing: argument, reading: .mathematics)
      run = nil
    } catch {
      try RunError.checkReadable(argument)
      guard let path = Self.folder(argument) else {
        guard Self.isPath(argument) else { throw error }
        throw RunError(
          "\(argument): there is no such folder",
          cure: "give a run's folder or a formula")
      }
      let folder = RunFolder(path: path)
      let result = try Self.result(in: folder, path: path)
      guard let function = try result.function(in: folder) else {
        throw RunError(
          "\(path): its search has \(result.status) and found no function",
          cure: "search again with a smaller --learning-rate")
      }
      (self.function, run) = (function, Run(folder: path, result: result))
    }
  }

  /// Whether an argument that is neither a function nor a folder was meant to be one.
  private static func isPath(_ argument: String) -> Bool {
    let first = argument.prefix { $0 != "/" }
    return argument.contains("/") && !argument.contains { "() ^".contains($0) }
      && !CellGraph.isInputName(String(first)) && Double(first) == nil
  }

  /// The folder that an argument means: itself, or that of a run's file.
  private static func folder(_ argument: String) -> String? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
      return nil
    }
    if isFolder.boolValue { return argument }
    let folder = RunFolder(path: argument).url.deletingLastPathComponent().relativePath
    let run = RunFolder(path: folder)
    let names = [run.trace, run.result, run.configuration].map(\.lastPathComponent)
    return names.contains((argument as NSString).lastPathComponent) ? folder : nil
  }

  private static func result(in folder: RunFolder, path: String) throws(RunError) -> SearchResult {
    if let result = try folder.storedResult() { return result }
    if let seed = folder.seedRuns.min() {
      throw RunError(
        "\(path): holds the runs of several seeds",
        cure: "give one of them, such as \((path as NSString).appendingPathComponent(seed))")
    }
    throw folder.isStopped
      ? RunError(
        "\(path): its search has not ended",
        cure: "go on with grafs-swift search --resume \(path)")
      : RunError(
        "\(path): holds no search, there is no result.json",
        cure: "give a run's folder or a formula")
  }
}
