import Evaluation
import Files
import Foundation
import Runs
import Traces

/// A run to be looked at, or a trace without one.
public struct InspectedRun: Sendable {
  /// The trace, as it was named.
  public let path: String
  private let folder: RunFolder

  /// Finds the trace.
  ///
  /// - Parameter argument: A run's folder, or one of its files; or a trace that lies elsewhere.
  /// - Throws: `RunError` if there is no such thing.
  public init(_ argument: String) throws(RunError) {
    try RunError.checkReadable(argument)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
      throw RunError(
        "\(argument): there is no such file or folder",
        cure: "give a run's folder or its trace.h5")
    }
    let text = argument as NSString
    if isFolder.boolValue {
      path = text.appendingPathComponent("trace.h5")
    } else if ["result.json", "config.yaml"].contains(text.lastPathComponent) {
      path = (FilePath.folder(of: argument) as NSString).appendingPathComponent("trace.h5")
    } else {
      path = argument
    }
    let place = FilePath.folder(of: path)
    folder = RunFolder(path: place.isEmpty ? "." : place)
    guard FileManager.default.fileExists(atPath: path) || isBeginning else {
      throw missingTrace(in: place.isEmpty ? "." : place)
    }
  }

  /// Whether the trace has another name than a run's, or no configuration beside it: nobody writes
  /// to it, and what lies beside it need not be about it.
  var isCopy: Bool {
    (path as NSString).lastPathComponent != folder.trace.lastPathComponent
      || !FileManager.default.fileExists(atPath: folder.configuration.path)
  }

  /// Whether a process is about to publish the first trace.
  private var isBeginning: Bool {
    folder.isLocked == true && FileManager.default.fileExists(atPath: folder.configuration.path)
      && folder.seedRuns.isEmpty
  }

  private func missingTrace(in place: String) -> RunError {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
    } catch {
      return RunError(
        "\(place): cannot be read",
        cure: "check that you may read it")
    }
    let seeds = names.filter { $0.hasPrefix("seed-") }
    if let first = seeds.first {
      let one = (place as NSString).appendingPathComponent(first)
      return RunError(
        "\(place): holds the runs of \(seeds.count) seeds",
        cure: "give one of them, such as \(one)")
    }
    return RunError(
      "\(place): holds no run, there is no trace.h5",
      cure: "give the folder of a search")
  }

  /// What changes whenever there is something new to be shown.
  public struct Mark: Sendable, Hashable {
    /// Whether there is a trace, or none and no process that would write one.
    public let isReadable: Bool
    private let trace: String?
    private let isLocked: Bool?
    private let hasResult: Bool

    fileprivate init(trace: String?, isLocked: Bool?, hasResult: Bool, isBeginning: Bool) {
      self.trace = trace
      self.isLocked = isLocked
      self.hasResult = hasResult
      isReadable = trace != nil || !isBeginning
    }
  }

  /// The run as it stands by now: equal marks show the same.
  public var mark: Mark {
    let isBeginning = isBeginning
    let facts = try? FileManager.default.attributesOfItem(atPath: path)
    let trace = facts.map { facts in
      [FileAttributeKey.systemFileNumber, .size].map { "\(facts[$0] ?? 0)" }.joined(separator: " ")
        + " \((facts[.modificationDate] as? Date)?.timeIntervalSinceReferenceDate ?? 0)"
    }
    return Mark(
      trace: trace, isLocked: folder.isLocked,
      hasResult: FileManager.default.fileExists(atPath: folder.result.path),
      isBeginning: isBeginning)
  }

  /// Reads the trace, and what lies beside it.
  ///
  /// - Returns: What is to be shown.
  /// - Throws: `RunError` if the trace cannot be read.
  public func read() throws(RunError) -> Inspection {
    let file = URL(fileURLWithPath: path)
    let trace: Trace
    // Asked before the trace is read: a search that ends in between has published its last one.
    let isLocked = folder.isLocked
    do throws(TraceError) {
      trace = try TraceFile.read(file)
      try trace.checkConfiguration(path: file.path)
    } catch {
      let isEarly = isBeginning && !FileManager.default.fileExists(atPath: path)
      if isEarly {
        throw RunError(
          "\(path): not there yet, the search has just begun", cure: "try again, or give --follow")
      }
      throw RunError(error, of: file, path: path)
    }
    let isOwn = !isCopy
    /// While a race runs, the search has ended but has no answer yet.
    func hasAnswer(_ result: SearchResult?) -> Bool {
      let isRacing = isLocked == true && result?.hasEnd == false && folder.isToRace
      return FileManager.default.fileExists(atPath: folder.result.path) && !isRacing
    }
    var remarks: [String] = []
    let result = isOwn ? storedResult(remarks: &remarks) : nil
    let evaluation = isOwn ? storedEvaluation(remarks: &remarks) : nil
    if isOwn, isLocked != true, let result, !result.hasEnd, folder.isToRace,
      result.status == Trace.Status.finished.rawValue
    {
      remarks.append(
        "its race has not been run to the end; go on with grafs-swift search --resume "
          + folder.url.relativePath)
    }
    return Inspection(
      trace, path: path,
      standing: RunStanding(
        trace.header.status, isLocked: isOwn ? isLocked : nil,
        hasResult: !isOwn || hasAnswer(result)),
      result: result, evaluation: evaluation, remarks: remarks)
  }

  /// The run's result; one that is damaged does not keep the trace from being shown.
  private func storedResult(remarks: inout [String]) -> SearchResult? {
    do {
      var result = try folder.storedResult()
      // A result of version 0.1.0 says it only together with its folder.
      if let exact = try? result?.function(in: folder) { result?.formula = exact }
      return result
    } catch {
      remarks.append("\(error.problem), and is left out; \(error.cure)")
      return nil
    }
  }

  /// What the run's evaluation came to; one that is damaged is made anew.
  private func storedEvaluation(remarks: inout [String]) -> EvaluationReport? {
    let place = EvaluationFolder(path: folder.evaluation.deletingLastPathComponent().relativePath)
    do {
      guard let stored = try place.storedReport() else { return nil }
      if let damage = stored.damage {
        remarks.append(
          "\(place.report.relativePath): \(damage); what is shown is made anew from "
            + place.store.url.relativePath)
      }
      return stored.report
    } catch {
      remarks.append("\(error.problem), and is left out; \(error.cure)")
      return nil
    }
  }
}

extension RunError {
  /// Says what is wrong with a trace, by the name that the user gave it.
  fileprivate init(_ error: TraceError, of file: URL, path: String) {
    let line = error.description.replacingOccurrences(of: file.path, with: path)
    let parts = line.components(separatedBy: "; ")
    self.init(
      parts[0], cure: parts.dropFirst().joined(separator: "; "))
  }
}
