import Files
import Foundation

/// What the file of a finished trial holds: the trial, its result, and digests by which damage is
/// noticed.
struct TrialFile: Codable {
  /// What was done.
  let trial: Trial
  /// The trial's digest, as the program that did it took it: it stands in the file's name.
  let digest: String
  /// What it came to.
  let result: TrialResult
  /// The digest of all this as JSON, with an empty text here.
  private var checksum = ""

  /// A file that holds no result that can be used.
  struct Damage: Error {}

  /// Describes a finished trial.
  ///
  /// - Throws: What the encoder throws if a number is not finite.
  init(_ trial: Trial, result: TrialResult) throws {
    self.init(trial, digest: trial.digest, result: result)
    checksum = TextDigest.digest(String(decoding: try json(), as: UTF8.self))
  }

  /// Describes a finished trial whose digest was taken otherwise.
  init(_ trial: Trial, digest: String, result: TrialResult) {
    self.trial = trial
    self.digest = digest
    self.result = result
  }

  /// Reads the contents of a file, also of one that version 0.1.0 has written.
  ///
  /// - Throws: `Damage`, or what the decoder throws.
  init(json: Data) throws {
    if let earlier = try TrialFile(version010: json) {
      self = earlier
      return
    }
    self = try SortedJSON.value(TrialFile.self, from: json)
    try Self.check(json, checksum)
  }

  /// The contents of the file.
  ///
  /// - Throws: What the encoder throws if a number is not finite.
  func json() throws -> Data { try SortedJSON.data(self) }

  /// Checks the bytes, not what was read: another version may have written other keys.
  ///
  /// - Parameters:
  ///   - json: The contents of a file.
  ///   - checksum: What it says it has.
  /// - Throws: `Damage` if they are not as they were written.
  static func check(_ json: Data, _ checksum: String) throws(Damage) {
    guard let place = json.range(of: Data("\"checksum\" : \"\(checksum)\"".utf8)) else {
      throw Damage()
    }
    var copy = json
    copy.replaceSubrange(place, with: Data("\"checksum\" : \"\"".utf8))
    guard checksum == TextDigest.digest(String(decoding: copy, as: UTF8.self)) else {
      throw Damage()
    }
  }
}
