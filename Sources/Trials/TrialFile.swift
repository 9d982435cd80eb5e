import Files
import Foundation

/// What the file of a finished trial holds: the trial, its result, and digests by which damage is
/// noticed (`ChecksummedJSON`).
struct TrialFile: Codable {
  /// What was done.
  let trial: Trial
  /// The trial's digest, as the program that did it took it: it stands in the file's name.
  let digest: String
  /// What it came to.
  let result: TrialResult

  /// Describes a finished trial.
  init(_ trial: Trial, result: TrialResult) {
    self.init(trial, digest: trial.digest, result: result)
  }

  /// Describes a finished trial whose digest was taken otherwise.
  init(_ trial: Trial, digest: String, result: TrialResult) {
    self.trial = trial
    self.digest = digest
    self.result = result
  }

  /// Reads the contents of a file, also of one that version 0.1.0 has written.
  ///
  /// - Throws: `ChecksummedJSON.Damage`, also of numbers that no training has, or what the decoder
  ///   throws.
  init(json: Data) throws {
    guard try ChecksummedJSON.check(json) else { throw ChecksummedJSON.Damage() }
    self =
      try TrialFile(version010: json) ?? SortedJSON.value(TrialFile.self, from: json)
    guard result.isPossible else { throw ChecksummedJSON.Damage() }
  }

  /// The contents of the file.
  ///
  /// - Throws: What the encoder throws if a number is not finite.
  func json() throws -> Data { try ChecksummedJSON.data(self) }
}
