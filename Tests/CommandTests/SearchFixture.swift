import Foundation
import TestSupport
import Testing
import Traces

/// A folder with small data sets, in which tiny searches run.
struct SearchFixture {
  /// The working folder.
  let folder: TemporaryFolder

  /// The folder of the data sets in it.
  static let data = "sets"
  /// A search of 3 steps, without a race.
  static let tiny = training + ["--set", "race=off"]
  /// What other commands take of it.
  static let training = [
    "--data-dir", data, "--epochs", "1", "--train-images", "32", "--batch-size", "8",
    "--threads", "1", "--quiet",
  ]

  /// Writes the data sets.
  init() throws {
    folder = try TemporaryFolder()
    for (seed, name) in ["fashion-mnist", "mnist"].enumerated() {
      try StripedImages(seed: UInt64(seed)).write(to: folder, as: "\(Self.data)/\(name)")
    }
  }

  /// Runs a tiny search in the folder `run`, with more options.
  func search(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> BuiltCommand {
    try BuiltCommand(
      ["search"] + Self.tiny + ["--output", "run"] + arguments, in: folder,
      environment: environment)
  }

  /// Runs a tiny search to a good end, and reads what it left behind.
  func saved(
    _ arguments: [String], as name: String = "run", environment: [String: String] = [:]
  ) throws -> SavedRun {
    let command = try search(arguments + ["--output", name], environment: environment)
    try #require(command.status == 0, "\(arguments): \(command.errors)")
    return try SavedRun(folder.file(name))
  }
}

/// What a search left behind.
struct SavedRun: Sendable {
  /// `config.yaml` as text.
  let configuration: String
  /// `result.json`.
  let result: Data
  /// `trace.h5`.
  let trace: Trace
  /// What happened, in a relaxed search.
  let relaxed: Trajectory

  /// Reads a run's folder.
  init(_ folder: URL) throws {
    configuration = try String(
      contentsOf: folder.appendingPathComponent("config.yaml"), encoding: .utf8)
    result = try Data(contentsOf: folder.appendingPathComponent("result.json"))
    trace = try TraceFile.read(folder.appendingPathComponent("trace.h5"))
    relaxed = try trace.relaxed()
  }

  /// The search of 3 steps that others are compared with.
  static let tiny = Result { try SearchFixture().saved([]) }

  /// A line of `config.yaml`.
  func setting(_ name: String) -> String? {
    configuration.split(separator: "\n").first { $0.hasPrefix("\(name): ") }
      .map { String($0.dropFirst(name.count + 2)) }
  }

  /// The values of `result.json`, apart from times and what depends on them.
  var resultWithoutTimes: [String: AnyHashable] {
    get throws {
      let object = try JSONSerialization.jsonObject(with: result) as? [String: Any]
      return try #require(object)
        .filter { !$0.key.hasSuffix("elapsed_seconds") && $0.key != "checksum" }.mapValues {
          guard let value = $0 as? AnyHashable else {
            // A list of objects.
            let data = try JSONSerialization.data(withJSONObject: $0, options: .sortedKeys)
            return String(decoding: data, as: UTF8.self)
          }
          return value
        }
    }
  }

  /// A value of `result.json` as text.
  func result(_ key: String) -> String? {
    (try? resultWithoutTimes)?[key].map { "\($0)" }
  }

  /// What happened, apart from times.
  var trajectory: Trajectory { relaxed.withoutTimes }

  /// The training loss of every step.
  var trainLosses: [Float] { relaxed.steps.map(\.trainLoss) }
}

extension Trace {
  /// What happened, in a relaxed search.
  func relaxed() throws -> Trajectory { try #require(trajectory) }
}

extension Trajectory {
  /// The same rows, taken in no time.
  var withoutTimes: Trajectory {
    var timeless = Trajectory(
      slots: slots, functions: curve.functions, curvePoints: curve.points)
    for (index, row) in steps.enumerated() {
      var row = row
      row.elapsedSeconds = 0
      timeless.append(row, states: histories.map { $0[index] })
    }
    for drop in drops { timeless.append(drop) }
    let width = curve.functions.count * curve.points.count
    for (index, genotype) in genotypes.enumerated() {
      timeless.append(
        genotype, curveValues: Array(curve.values[index * width..<(index + 1) * width]))
    }
    for epoch in epochs {
      var epoch = epoch
      epoch.elapsedSeconds = 0
      timeless.append(epoch)
    }
    return timeless
  }
}
