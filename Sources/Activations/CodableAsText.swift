/// A value that files hold as the text that people write.
protocol CodableAsText: Codable {
  /// The text, exact.
  var codedText: String { get }

  /// Reads the text.
  init(coded text: String) throws
}

extension CodableAsText {
  /// Decodes the text.
  ///
  /// - Parameter decoder: The decoder.
  /// - Throws: `DecodingError` whose description holds the line of what is wrong with the text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do {
      try self.init(coded: text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
    }
  }

  /// Encodes the text.
  ///
  /// - Parameter encoder: The encoder.
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(codedText)
  }
}
