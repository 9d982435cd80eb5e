import Files
import Foundation
import Trials

extension EvaluationFolder {
  /// What `evaluation.json` says, or should.
  public struct Stored: Sendable {
    /// The report.
    public let report: EvaluationReport
    /// What is wrong with the file, if its tables were made anew from the trainings' files.
    public let damage: String?
  }

  /// What the folder's commands have come to.
  ///
  /// A file that cannot be used costs nothing but the order of its tables and how its functions
  /// were called: all numbers stand in the trainings' own files.
  ///
  /// - Parameter known: Functions whose part in the comparison is known.
  /// - Returns: The report; nil if there is no `evaluation.json`.
  /// - Throws: `RunError` if a file cannot be read.
  public func storedReport(known: [Contender] = []) throws(RunError) -> Stored? {
    guard FileManager.default.fileExists(atPath: report.path) else { return nil }
    let json: Data
    do {
      json = try Data(contentsOf: report)
    } catch {
      throw RunError(
        "\(report.relativePath): cannot be read (\(error.reason))", cure: "make it readable")
    }
    do {
      return Stored(report: try EvaluationReport(json: json), damage: nil)
    } catch {
      let damage = (error as? ChecksummedJSON.Damage).map { "\($0)" } ?? "is no report"
      var trainings: [(trial: Trial, result: TrialResult)] = []
      for case .finished(_, let trial, let result) in try store.entries() {
        trainings.append((trial, result))
      }
      return Stored(report: EvaluationReport(trainings, known: known), damage: damage)
    }
  }
}
