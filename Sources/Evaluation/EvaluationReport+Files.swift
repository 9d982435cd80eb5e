import Files
import Foundation
import Traces

extension EvaluationReport {
  /// Writes the report as CSV: the summary, and beside it the trainings, such as `table.csv` and
  /// `table-runs.csv`, and how learning rates were chosen, `table-learning-rates.csv`. A pipe or
  /// device, beside which there is no place, gets the summary alone.
  ///
  /// - Parameter path: Where the summary goes.
  /// - Throws: `RunError` if that is not possible.
  public func writeCSV(to path: String) throws {
    let others = Self.paths(beside: path, withRates: learningRates != nil)
    let tables = [summaryTable, runTable] + [rateTable].compactMap(\.self)
    for (table, path) in zip(tables, [path] + others) {
      let data = Data(table.csv.utf8)
      try Self.explained(path, option: "--csv") {
        try data.withUnsafeBytes { try AtomicFile.write($0, to: path) }
      }
    }
  }

  /// Where the trainings go as CSV, and how learning rates were chosen; none beside a pipe or
  /// device.
  ///
  /// - Parameters:
  ///   - path: Where the summary goes.
  ///   - withRates: Whether there is a choice of learning rates.
  /// - Returns: Such as `table-runs.csv` and `table-learning-rates.csv` beside `table.csv`.
  public static func paths(beside path: String, withRates: Bool) -> [String] {
    guard let target = try? OutputTarget(of: path), target.isFile else { return [] }
    let text = path as NSString
    let end = text.pathExtension.isEmpty ? "" : ".\(text.pathExtension)"
    return (["runs"] + (withRates ? ["learning-rates"] : [])).map {
      "\(text.deletingPathExtension)-\($0)\(end)"
    }
  }

  /// Writes the report as an HDF5 file: the groups `runs` and `summary`, and `learning_rates` where
  /// they were chosen, a dataset for each column.
  ///
  /// - Parameter path: Where it goes.
  /// - Throws: `RunError` if that is not possible.
  public func writeHDF5(to path: String) throws {
    try Self.explained(path, option: "--hdf5") {
      try PlainTable.publish(
        [runTable, summaryTable] + [rateTable].compactMap(\.self),
        attributes: [("schema", Self.schema), ("is_complete", isComplete ? "true" : "false")],
        to: URL(fileURLWithPath: path))
    }
  }

  /// Whether a file is an evaluation's table, or empty, so that nobody loses anything where another
  /// table replaces it.
  ///
  /// - Parameters:
  ///   - path: A file that is there.
  ///   - isHDF5: Whether the new table is HDF5, and not CSV.
  /// - Returns: Whether that is so; a file that cannot be read is none.
  public static func isTable(_ path: String, isHDF5: Bool) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? handle.close() }
    // Nil is the end of an empty file.
    guard let start = try? handle.read(upToCount: 64) ?? Data() else { return false }
    if start.isEmpty { return true }
    guard isHDF5 else {
      return ["function,network,", "function,formula,"].contains { start.starts(with: $0.utf8) }
    }
    do throws(TraceError) {
      _ = try TraceFile.read(URL(fileURLWithPath: path))
      return false
    } catch {
      if case .notATrace(_, schema: schema) = error { return true }
      return false
    }
  }

  private static func explained(_ path: String, option: String, _ write: () throws -> Void) throws {
    do {
      try write()
    } catch let error as UnwritableFile {
      throw RunError(
        UnwritableFile(file: path, reason: error.reason), cure: "give another file with \(option)")
    }
  }
}
