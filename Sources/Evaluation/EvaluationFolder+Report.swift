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
    try RunError.checkReadable(report.relativePath)
    guard FileManager.default.fileExists(atPath: report.path) else { return nil }
    let json: Data
    do {
      json = try Data(contentsOf: report)
    } catch {
      throw .unreadable(report, error)
    }
    let damage: String
    do {
      var hasChecksum = false
      let report = try EvaluationReport(json: json, hasChecksum: &hasChecksum)
      // Reports of version 0.1.0 have none.
      guard !hasChecksum, try report.contradicts(trainings()) else {
        return Stored(report: report, damage: nil)
      }
      damage = "it says something else than its trainings"
    } catch let error as RunError {
      throw error
    } catch {
      damage = (error as? ChecksummedJSON.Damage).map { "\($0)" } ?? "is no report"
    }
    return Stored(report: EvaluationReport(try trainings(), known: known), damage: damage)
  }

  /// What was done, as its own files say it.
  private func trainings() throws(RunError) -> [(trial: Trial, result: TrialResult)] {
    var trainings: [(trial: Trial, result: TrialResult)] = []
    for case .finished(_, let trial, let result) in try store.entries() {
      trainings.append((trial, result))
    }
    return trainings
  }
}
