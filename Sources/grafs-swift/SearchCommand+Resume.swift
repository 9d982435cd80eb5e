import ArgumentParser
import Datasets
import Foundation
import Runs
import Search

extension SearchCommand {
  /// Goes on with a search that was stopped or killed.
  ///
  /// - Parameter path: The run's folder.
  /// - Throws: One-line errors if there is nothing to resume, or options differ from the run's.
  func resumeRun(in path: String) throws {
    let folder = RunFolder(path: path)
    try refuse("--force", if: force)
    try refuse("--seeds", if: seeds != 1)
    try refuse("--jobs", if: jobs != 1)
    try refuse("--dry-run", if: dryRun)
    try refuse("--output", if: output.map { RunFolder(path: $0).url != folder.url } ?? false)
    let result = try folder.prepareResumption()
    let configuration = try stored(in: folder)
    switch result?.status {
    case nil: break
    case SearchOutcome.finished.rawValue where json:
      let text = try String(contentsOf: folder.result, encoding: .utf8)
      return try StandardOutput.write(text)
    case SearchOutcome.finished.rawValue:
      return try StandardOutput.writeLine(
        "\(path): the search has finished, nothing is left to do; see result.json")
    case let status?:
      throw CommandFailure(
        description: "\(path): the search has \(status), nothing is left to do; see result.json")
    }
    try search(configuration, in: folder, resuming: true)
  }

  private func refuse(_ option: String, if isGiven: Bool) throws {
    guard isGiven else { return }
    throw CommandFailure(
      description: "\(option) cannot go with --resume, which continues one run in its own folder; "
        + "leave one of them out")
  }

  /// The configuration of the run, with which the options given must agree.
  private func stored(in folder: RunFolder) throws -> RunConfiguration {
    // The file names all settings that there were; those that came later are as if they were not there.
    var stored = RunConfiguration(
      network: "resnet20", dataset: DatasetCatalog.defaultName, search: SearchConfiguration())
    try ConfigurationFile.read(folder.configuration.relativePath, into: &stored)
    let isWhole = preset != nil || config != nil
    let asked = isWhole ? try resolved() : try options(over: stored)
    let differences = asked.differences(from: stored)
    guard differences.isEmpty else {
      throw CommandFailure(
        description: "\(folder.configuration.relativePath): the run has another "
          + "\(differences.joined(separator: ", ")); leave out what differs, or search anew without "
          + "--resume")
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
    let data = dataOptions.dataDir.map { ["--data-dir", $0] } ?? []
    return interruption.exit(
      goOnWith: ["grafs-swift", "search", "--resume", folder.url.relativePath] + data)
  }
}
