import ArgumentParser
import Files
import Foundation
import Runs
import Traces
import Trials

extension SearchCommand {
  /// Goes on with a search that was stopped or killed, or does the comparison that one still lacks.
  ///
  /// - Parameter path: The run's folder.
  /// - Throws: One-line errors if there is nothing to resume, or options differ from the run's.
  func resumeRun(in path: String) throws {
    let folder = RunFolder(path: path)
    try refuse("--force", if: force)
    try refuse("--seeds", if: seeds != 1)
    try refuse("--budget", if: budget != nil)
    try refuse("--dry-run", if: dryRun)
    try refuse("--output", if: output.map { RunFolder(path: $0).url != folder.url } ?? false)
    let found = try folder.prepareResumption()
    let configuration = try stored(in: folder)
    try refuse("--jobs", if: jobs != 1 && !configuration.search.trainsCandidates)
    guard let result = found.result else {
      return try search(configuration, in: folder, resuming: found.lock)
    }
    guard result.status == Trace.Status.finished.rawValue else {
      throw RunError(
        "\(path): the search has \(result.status), nothing is left to do", cure: "see result.json")
    }
    if compare ?? true, !result.hasEnd {
      return try self.compare(result, configuration, in: folder, found.lock)
    }
    if json {
      let text = try String(contentsOf: folder.result, encoding: .utf8)
      return try StandardOutput.write(text)
    }
    try StandardOutput.showLine(
      "\(path): the search has finished, nothing is left to do; see result.json")
  }

  /// Does the training with the usual activation that a finished search lacks.
  private func compare(
    _ result: SearchResult, _ configuration: RunConfiguration, in folder: RunFolder,
    _ lock: FolderLock
  ) throws {
    let run = try run(of: problem(configuration), in: folder)
    do {
      try show(run.compare(result, holding: lock), in: folder)
    } catch let interruption as Interruption {
      throw stopped(by: interruption, folder: folder)
    }
  }

  private func refuse(_ option: String, if isGiven: Bool) throws {
    guard isGiven else { return }
    throw RunError(
      "\(option) cannot go with --resume, which continues one run in its own folder",
      cure: "leave one of them out")
  }

  /// The configuration of the run, with which the options given must agree.
  private func stored(in folder: RunFolder) throws -> RunConfiguration {
    let table = Offered.catalog.settings
    let stored = try RunConfiguration(of: folder, table)
    let isWhole = preset != nil || recipe.config != nil
    let asked = isWhole ? try resolved().configuration : try options(over: stored)
    let differences = table.differences(asked, stored)
    guard differences.isEmpty else {
      throw RunError(
        "\(folder.configuration.relativePath): the run has another "
          + differences.joined(separator: ", "),
        cure: "leave out what differs, or search anew without --resume")
    }
    return stored
  }

  /// Says how to go on after an interruption.
  ///
  /// - Parameters:
  ///   - interruption: Why the search was stopped.
  ///   - folder: Where its checkpoints lie.
  /// - Returns: The exit status of a process that the signal has ended.
  func stopped(by interruption: Interruption, folder: RunFolder) -> ExitCode {
    var words = ["grafs-swift", "search", "--resume", folder.url.relativePath]
    if let folder = dataOptions.dataDir { words += ["--data-dir", folder] }
    if jobs > 1 { words += ["--jobs", String(jobs)] }
    if compare == false { words.append("--no-compare") }
    return interruption.exit(goOnWith: words)
  }
}
