/// A value as somebody wrote it, in a file or on a command line.
public enum SettingValue: Sendable, Hashable {
  /// One value.
  case text(String)
  /// Several, as lists of YAML have them.
  case list([String])
  /// What is neither, in words, such as `a mapping`.
  case other(String)

  /// The value as one line.
  ///
  /// - Parameter separator: What joins the elements of a list, if the setting takes one.
  /// - Returns: The line; nil of what is no value of the setting.
  func line(joining separator: String?) -> String? {
    switch self {
    case .text(let text):
      // Lines of a block become one, as files are written.
      text.split(whereSeparator: \.isNewline).joined(separator: " ").trimmed
    case .list(let elements): separator.map { elements.map(\.trimmed).joined(separator: $0) }
    case .other: nil
    }
  }

  /// The value in a message.
  var quoted: String {
    switch self {
    case .text(let text): "'\(text.split(whereSeparator: \.isNewline).joined(separator: " "))'"
    case .list: "a list"
    case .other(let words): words
    }
  }
}

extension String {
  /// The text, then the words that it may stand for: YAML 1.1 has several for true and false, and
  /// programs that read `off` as false write it back so.
  ///
  /// Source: https://yaml.org/type/bool.html.
  var readings: [String] {
    switch self {
    case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON":
      [self, "true", "on"]
    case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF":
      [self, "false", "off"]
    default: [self]
    }
  }
}
