import Evaluation
import Files
import Foundation
import Runs
import Settings
import Trials

/// What can be said of options before anything is read.
extension EvaluationRequest {
  static func check(_ command: EvaluateCommand) throws {
    let jobs = CommandBounds.jobs
    try ImpossibleValue.check(
      jobs.contains(command.jobs), "jobs", command.jobs, mustBe: jobs.words)
    if let bound = command.bound?.bound {
      try ImpossibleValue.check(
        bound > 0 && bound.isFinite, "bound", bound, mustBe: "a positive number, such as 10")
    }
    try OutputFolder.checkName(command.output, option: "--output")
    try checkMatrix(command)
    if let text = command.functionsOption {
      guard text == "none" else {
        throw RunError(
          "--functions is \(text), but can only be none",
          cure: "name functions without an option, as grafs-swift evaluate relu")
      }
      guard command.functions.isEmpty else {
        throw RunError(
          "--functions none cannot go with \(command.functions[0])", cure: "leave out one of them")
      }
    }
    let lists = [
      ("--networks", command.networks), ("--datasets", command.datasets),
      ("--baselines", command.baselines),
    ]
    for (option, value) in lists where value.map({ words($0).isEmpty }) == true {
      throw RunError(
        "\(option) is empty",
        cure: "give names joined by commas"
          + (option == "--baselines" ? ", none, all or published" : ", or leave it out"))
    }
    try checkFiles(command, withRates: false)
  }

  private static func checkMatrix(_ command: EvaluateCommand) throws(RunError) {
    for (option, value) in [("--networks", command.networks), ("--datasets", command.datasets)]
    where value != nil && !command.transfer {
      throw RunError(
        "\(option) needs --transfer",
        cure: "for a single one give " + (option == "--networks" ? "--network" : "--data"))
    }
    let pairs = [
      ("--network", command.network, "--networks", command.networks),
      ("--data", command.dataOptions.data, "--datasets", command.datasets),
    ]
    for (one, single, many, several) in pairs where single != nil && several != nil {
      throw RunError("\(one) cannot go with \(many)", cure: "name all of them in \(many)")
    }
  }

  /// Makes sure that tables can be written where they shall be.
  ///
  /// - Parameters:
  ///   - command: The options.
  ///   - withRates: Whether there is a choice of learning rates.
  /// - Throws: `RunError` if not.
  static func checkFiles(_ command: EvaluateCommand, withRates: Bool) throws(RunError) {
    let files = [("--csv", command.csv), ("--hdf5", command.hdf5)]
    for (option, path) in files {
      if let path { try checkTarget(path, option) }
    }
    let others =
      command.csv.map { EvaluationReport.paths(beside: $0, withRates: withRates) } ?? []
    for other in others { try checkTarget(other, "--csv") }
    for table in [command.csv].compactMap(\.self) + others {
      guard let hdf5 = command.hdf5 else { break }
      if try target(table, "--csv") == target(hdf5, "--hdf5") {
        throw RunError("--csv and --hdf5 name the same file", cure: "give two")
      }
    }
    for (option, value) in files where value != nil && command.dryRun {
      throw RunError(
        "\(option) writes results, and --dry-run has none", cure: "leave out one of them")
    }
  }

  /// Makes sure, before anything is trained, that a file, pipe or device can be written and that it
  /// is not one of a run's.
  private static func checkTarget(_ path: String, _ option: String) throws(RunError) {
    let target = try target(path, option)
    if target == .folder {
      throw RunError("\(option): \(path) is a folder", cure: "name another file")
    }
    if case .file(let place) = target, RunFolder.hasNameOfRun(place) {
      throw RunError(
        "\(option): \(path) would replace a file of a run", cure: "name another file")
    }
    if case .file(let place) = target, FileManager.default.fileExists(atPath: place),
      !EvaluationReport.isTable(place, isHDF5: option == "--hdf5")
    {
      throw RunError(
        "\(option): \(path) is there already, and is no table of an evaluation",
        cure: "remove it, or name another file")
    }
    do throws(UnwritableFile) {
      try target.check(for: path)
    } catch {
      throw unwritable(error, option)
    }
  }

  private static func target(_ path: String, _ option: String) throws(RunError) -> OutputTarget {
    if path.isEmpty { throw RunError("\(option): is empty", cure: "name another file") }
    do { return try OutputTarget(of: path) } catch { throw unwritable(error, option) }
  }

  private static func unwritable(_ error: UnwritableFile, _ option: String) -> RunError {
    RunError(
      "\(option): \(error.file) cannot be written (\(error.reason))",
      cure: error.cure(otherwise: "name another file"))
  }
}
