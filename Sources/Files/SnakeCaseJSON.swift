import Foundation

/// JSON as files and standard output have it: keys in snake case and sorted, a newline at the end.
package enum SnakeCaseJSON {
  /// Writes a value.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - isPretty: Whether every key has a line of its own.
  /// - Returns: UTF-8.
  /// - Throws: What the encoder throws if a number is not finite.
  package static func data(_ value: some Encodable, isPretty: Bool = true) throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    return try encoder.encode(value) + Data("\n".utf8)
  }

  /// Reads a value.
  ///
  /// - Parameters:
  ///   - type: Its type.
  ///   - data: What `data` wrote.
  /// - Returns: The value.
  /// - Throws: What the decoder throws.
  package static func value<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: data)
  }
}
