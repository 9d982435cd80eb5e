/// How operations are bounded: what is clipped of their values, and of their slopes in gradients.
///
/// As text, `within 10` for outputs clipped to ±10, `within inputs 10` for clamped arguments,
/// `slopes 20` for slopes (behind the others, if there are any), and `off`. The text has all
/// digits, so what was printed is read as the same limits. They are stored (`Codable`) as this
/// text.
public struct Limits: Sendable, Hashable {
  /// Which values are clipped.
  public var outputs: Bounding

  /// Gradients clip the derivatives of operations by their arguments to ± this number, so that a
  /// pole, or an operand near 0 in a denominator, does not drown all others; nil for the true ones.
  /// Values do not depend on it.
  public var slopes: Double?

  /// Sets limits.
  ///
  /// - Parameters:
  ///   - outputs: Which values are clipped.
  ///   - slopes: To what derivatives are clipped, positive; nil for not.
  public init(outputs: Bounding = .off, slopes: Double? = nil) {
    self.outputs = outputs
    self.slopes = slopes
  }

  /// Nothing is clipped.
  public static let off = Limits()

  /// The number to which slopes are clipped; infinite where they are not.
  var slopeBound: Double { slopes ?? .infinity }

  /// Whether the numbers, if there are any, are positive.
  var isValid: Bool { outputs.isValid && slopeBound > 0 }
}

extension Limits: LosslessStringConvertible {
  /// The limits as text.
  public var description: String {
    let values: String? =
      switch outputs {
      case .off: nil
      case .output(let bound): "within \(Self.digits(of: bound))"
      case .input(let bound): "within inputs \(Self.digits(of: bound))"
      }
    let words = [values, slopes.map { "slopes \(Self.digits(of: $0))" }].compactMap(\.self)
    return words.isEmpty ? "off" : words.joined(separator: " ")
  }

  /// Reads what `description` wrote; nil for another text.
  ///
  /// - Parameter description: Such as `within 10 slopes 20`; numbers are positive and finite.
  public init?(_ description: String) {
    var words = description.split(whereSeparator: \.isWhitespace)[...]
    self.init()
    guard !words.isEmpty else { return nil }
    if words == ["off"] { return }
    func number() -> Double? {
      guard let number = words.popFirst().flatMap({ Double($0) }), number > 0, number.isFinite
      else { return nil }
      return number
    }
    if words.first == "within" {
      words.removeFirst()
      let isOfInputs = words.first == "inputs"
      if isOfInputs { words.removeFirst() }
      guard let bound = number() else { return nil }
      outputs = isOfInputs ? .input(bound) : .output(bound)
    }
    if words.first == "slopes" {
      words.removeFirst()
      guard let bound = number() else { return nil }
      slopes = bound
    }
    guard words.isEmpty else { return nil }
  }

  private static func digits(of number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Limits: Codable {
  /// Decodes the text.
  ///
  /// - Parameter decoder: The decoder.
  /// - Throws: `DecodingError` if the text says no limits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let limits = Limits(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "limits: '\(text)'; write such as 'within 10' or 'off'")
    }
    self = limits
  }

  /// Encodes the text.
  ///
  /// - Parameter encoder: The encoder.
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
