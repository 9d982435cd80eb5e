import Foundation

/// JSON as files and standard output have it: keys sorted, and in snake case unless a format of
/// others wants them as they are named.
package enum SortedJSON {
  /// How names become keys.
  package enum Keys {
    case snakeCase
    case asNamed
  }

  /// Writes a value as a text of its own: a newline stands at the end.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - keys: How its keys are written.
  ///   - isPretty: Whether every key has a line of its own.
  /// - Returns: UTF-8.
  /// - Throws: What the encoder throws if a number is not finite.
  package static func data(
    _ value: some Encodable, keys: Keys = .snakeCase, isPretty: Bool = true
  ) throws -> Data {
    try part(value, keys: keys, isPretty: isPretty) + Data("\n".utf8)
  }

  /// Writes a value that stands within something else, without a newline at the end.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - keys: How its keys are written.
  ///   - isPretty: Whether every key has a line of its own.
  /// - Returns: UTF-8.
  /// - Throws: What the encoder throws if a number is not finite.
  package static func part(
    _ value: some Encodable, keys: Keys = .asNamed, isPretty: Bool = false
  ) throws -> Data {
    let encoder = JSONEncoder()
    if keys == .snakeCase { encoder.keyEncodingStrategy = .convertToSnakeCase }
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    return try encoder.encode(value)
  }

  /// Reads a value.
  ///
  /// - Parameters:
  ///   - type: Its type.
  ///   - data: What `data` or `part` wrote.
  ///   - keys: How its keys are written.
  /// - Returns: The value.
  /// - Throws: What the decoder throws.
  package static func value<Value: Decodable>(
    _ type: Value.Type, from data: Data, keys: Keys = .snakeCase
  ) throws -> Value {
    let decoder = JSONDecoder()
    if keys == .snakeCase { decoder.keyDecodingStrategy = .convertFromSnakeCase }
    return try decoder.decode(type, from: data)
  }
}
