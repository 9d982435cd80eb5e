import Foundation
import TestSupport
import Testing

/// A folder with small data sets, in which trainings of a few steps are compared.
struct EvaluationFixture {
  /// The working folder.
  let folder: TemporaryFolder
  /// The folder of results that `tiny` names.
  static let output = "out"
  /// Trainings of 4 steps, with one seed and no baselines.
  static let tiny = [
    "--data-dir", SearchFixture.data, "--epochs", "1", "--train-images", "32", "--batch-size", "8",
    "--threads", "1", "--output", output, "--seeds", "1", "--baselines", "none",
  ]

  /// Writes the data sets.
  init() throws { folder = try SearchFixture().folder }

  /// The arguments of a tiny evaluation; of an option given twice the last holds.
  static func arguments(_ arguments: [String]) -> [String] { ["evaluate"] + tiny + arguments }

  /// Runs a tiny evaluation, whatever comes of it.
  func command(_ arguments: [String]) throws -> BuiltCommand {
    try BuiltCommand(Self.arguments(arguments), in: folder)
  }

  /// Runs a tiny evaluation to a good end.
  func evaluate(_ arguments: [String]) throws -> BuiltCommand {
    let command = try command(arguments)
    try #require(command.status == 0, "\(arguments): \(command.errors)")
    return command
  }

  /// Runs a tiny evaluation to a good end, and reads what `--json` printed.
  func report(_ arguments: [String]) throws -> SavedReport {
    try SavedReport(Data(try evaluate(arguments + ["--json"]).output.utf8))
  }

  /// What stands in `evaluation.json`.
  func saved(in output: String = output) throws -> SavedReport {
    try SavedReport(Data(contentsOf: folder.file("\(output)/evaluation.json")))
  }

  /// The files of finished jobs.
  func jobs(in output: String = output) -> [URL] {
    let folder = folder.file("\(output)/jobs")
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
      .filter { !$0.hasPrefix(".") }.map { folder.appendingPathComponent($0) }
  }

  /// When each of these files was written.
  func dates(in output: String = output) throws -> [String: Date] {
    try Dictionary(
      uniqueKeysWithValues: jobs(in: output).map { file in
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        return (file.lastPathComponent, try #require(attributes[.modificationDate] as? Date))
      })
  }
}

/// A report as JSON, read without our own types.
struct SavedReport {
  let runs: [[String: Any]]
  let summary: [[String: Any]]
  let isComplete: Bool

  /// Reads a report.
  ///
  /// - Parameters:
  ///   - json: The report.
  ///   - others: Keys that it has besides the usual ones.
  /// - Throws: What reading throws.
  init(_ json: Data, others: Set<String> = []) throws {
    let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    #expect(Set(object.keys) == others.union(["runs", "summary", "is_complete", "checksum"]))
    runs = try #require(object["runs"] as? [[String: Any]])
    summary = try #require(object["summary"] as? [[String: Any]])
    isComplete = try #require(object["is_complete"] as? Bool)
  }

  /// Function, network, data set, seed and all that the training came to, apart from its time.
  var outcomes: [String] {
    runs.map { run in
      run.filter { $0.key != "elapsed_seconds" }.sorted { $0.key < $1.key }
        .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
  }

  /// A value of every training.
  func values<Value>(_ key: String) -> [Value?] { runs.map { $0[key] as? Value } }
}
