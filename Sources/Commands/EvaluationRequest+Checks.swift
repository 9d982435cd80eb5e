import Files
import Foundation
import Runs
import Settings

/// What can be said of options before anything is read.
extension EvaluationRequest {
  static func check(_ command: EvaluateCommand) throws {
    try ImpossibleValue.check(
      (1...256).contains(command.jobs), "jobs", command.jobs, mustBe: "from 1 to 256")
    if let bound = command.bound?.bound {
      try ImpossibleValue.check(
        bound > 0 && bound.isFinite, "bound", bound, mustBe: "a positive number, such as 10")
    }
    try checkMatrix(command)
    let lists = [
      ("--networks", command.networks), ("--datasets", command.datasets),
      ("--baselines", command.baselines),
    ]
    for (option, value) in lists where value.map({ words($0).isEmpty }) == true {
      throw RunError(
        "\(option) is empty",
        cure: "give names joined by commas"
          + (option == "--baselines" ? ", none or all" : ", or leave it out"))
    }
    try checkFiles(command)
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

  private static func checkFiles(_ command: EvaluateCommand) throws(RunError) {
    let files = [("--csv", command.csv), ("--hdf5", command.hdf5)]
    for (option, path) in files {
      if let path { try checkTarget(path, option) }
    }
    if let csv = command.csv,
      command.hdf5.map({ URL(fileURLWithPath: $0) }) == URL(fileURLWithPath: csv)
    {
      throw RunError("--csv and --hdf5 name the same file", cure: "give two")
    }
    for (option, value) in files where value != nil && command.dryRun {
      throw RunError(
        "\(option) writes results, and --dry-run has none", cure: "leave out one of them")
    }
  }

  /// Makes sure, before anything is trained, that a file can be written and that it is not one of a
  /// run's.
  private static func checkTarget(_ path: String, _ option: String) throws(RunError) {
    let url = URL(fileURLWithPath: path)
    let files = FileManager.default
    var isFolder: ObjCBool = false
    let isThere = files.fileExists(atPath: url.path, isDirectory: &isFolder)
    let run = RunFolder(path: url.deletingLastPathComponent().path)
    let own = [run.trace, run.result, run.configuration].map(\.lastPathComponent)
    let complaint: String? =
      if path.isEmpty {
        "is empty"
      } else if isThere && isFolder.boolValue {
        "\(path) is a folder"
      } else if own.contains(url.lastPathComponent) {
        "\(path) would replace a file of a run"
      } else if !files.isWritableFile(atPath: isThere ? url.path : run.url.path) {
        "\(path) cannot be written"
      } else {
        nil
      }
    if let complaint { throw RunError("\(option): \(complaint)", cure: "name another file") }
  }
}
