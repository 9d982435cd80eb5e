import Files
import Foundation

/// What the file of a finished job holds: the job, its result, and digests by which damage is noticed.
struct EvaluationJobFile: Codable, Sendable {
  /// What was done.
  let job: EvaluationJob
  /// The digest of everything that decides the outcome, as the program that did it took it.
  let digest: String
  /// What it came to.
  let result: EvaluationResult
  /// The digest of all this as JSON, with an empty text here.
  private var checksum = ""

  /// A file that holds no result that can be used.
  struct Damage: Error {}

  /// Describes a finished job.
  ///
  /// - Throws: What the encoder throws.
  init(_ job: EvaluationJob, result: EvaluationResult) throws {
    self.job = job
    self.result = result
    digest = job.digest
    checksum = Self.checksum(of: try json())
  }

  /// Reads the contents of a file.
  ///
  /// - Throws: `Damage`, or what the decoder throws.
  init(json: Data) throws {
    self = try SnakeCaseJSON.value(EvaluationJobFile.self, from: json)
    // Of the bytes, because another version may have written other keys.
    let own = Data("\"checksum\" : \"\(checksum)\"".utf8)
    guard let place = json.range(of: own) else { throw Damage() }
    var copy = json
    copy.replaceSubrange(place, with: Data("\"checksum\" : \"\"".utf8))
    guard checksum == Self.checksum(of: copy) else { throw Damage() }
  }

  /// The contents of the file.
  ///
  /// - Throws: What the encoder throws if a number is not finite.
  func json() throws -> Data { try SnakeCaseJSON.data(self) }

  private static func checksum(of json: Data) -> String {
    TextDigest.digest(String(decoding: json, as: UTF8.self))
  }
}
