import Foundation

/// JSON files that carry a digest of themselves, by which a letter that was changed is noticed.
///
/// It stands in the key `checksum`, and is that of all bytes with an empty text in its place: the
/// bytes are checked, not what was read of them, since another version may have written other keys.
package enum ChecksummedJSON {
  /// Contents that are not as they were written.
  package struct Damage: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, for a line that names the file.
    package var description: String { "it was changed after it was written, its checksum differs" }

    /// Says that contents are not as they were written.
    package init() {}
  }

  private static let key = "checksum"

  /// Writes a value whose keys are in snake case, with its checksum.
  ///
  /// - Parameter value: What becomes an object of JSON.
  /// - Returns: UTF-8, a newline at the end.
  /// - Throws: What the encoder throws if a number is not finite.
  package static func data(_ value: some Encodable) throws -> Data {
    var json = try SortedJSON.data(Carrier(value: value))
    guard let place = json.range(of: entry("")) else {
      preconditionFailure("ChecksummedJSON: \(value) is no object of JSON")
    }
    json.replaceSubrange(place, with: entry(digest(json)))
    return json
  }

  /// Compares contents with the checksum in them.
  ///
  /// - Parameter json: The contents of a file.
  /// - Returns: Whether there is one: files of earlier versions have none, and what is no JSON.
  /// - Throws: `Damage` if they are not as they were written.
  package static func check(_ json: Data) throws(Damage) -> Bool {
    guard let values = (try? JSONSerialization.jsonObject(with: json)) as? [String: Any] else {
      return false
    }
    guard let checksum = values[key] else {
      // Nothing else looks like one: its key was changed.
      let hasAnother = values.values.contains {
        ($0 as? String)?.wholeMatch(of: /[0-9a-f]{16}/) != nil
      }
      if hasAnother { throw Damage() }
      return false
    }
    guard let checksum = checksum as? String, let place = json.range(of: entry(checksum)) else {
      throw Damage()
    }
    var original = json
    original.replaceSubrange(place, with: entry(""))
    guard checksum == digest(original) else { throw Damage() }
    return true
  }

  private static func entry(_ checksum: String) -> Data {
    Data("\"\(key)\" : \"\(checksum)\"".utf8)
  }

  private static func digest(_ json: Data) -> String {
    TextDigest.hexadecimal(json.withUnsafeBytes(ContentDigest.mixed))
  }

  /// A value with an empty checksum beside its own keys.
  private struct Carrier<Value: Encodable>: Encodable {
    let value: Value

    private enum Key: String, CodingKey { case checksum }

    func encode(to encoder: any Encoder) throws {
      try value.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode("", forKey: .checksum)
    }
  }
}
