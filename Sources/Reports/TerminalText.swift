import Foundation

/// Text for a terminal: width, color, and nothing that would command the terminal.
public enum TerminalText {
  /// How a piece of text stands out.
  public enum Emphasis: String, Sendable {
    /// A heading.
    case bold = "1"
    /// What matters less.
    case dim = "2"
    /// A good end.
    case green = "32"
    /// Something to look at.
    case yellow = "33"
    /// A bad end.
    case red = "31"
    /// The main thing.
    case cyan = "36"
  }

  /// Whether escape sequences, for color or to rewrite lines, may go to an open file: it is a
  /// terminal that knows them, and its user has nothing against them (https://no-color.org).
  ///
  /// - Parameters:
  ///   - descriptor: Such as `STDOUT_FILENO`.
  ///   - environment: The process's variables.
  /// - Returns: False if `NO_COLOR` is set and not empty, or `TERM` names no terminal or a dumb
  ///   one.
  public static func takesEscapes(
    _ descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Bool {
    isatty(descriptor) == 1 && allowsEscapes(environment)
  }

  /// Whether a terminal's variables have nothing against escape sequences.
  static func allowsEscapes(_ environment: [String: String]) -> Bool {
    (environment["NO_COLOR"] ?? "").isEmpty && !["", "dumb"].contains(environment["TERM"] ?? "")
  }

  /// The text without control characters, of which a terminal would do something, in one line.
  public static func harmless(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isHarmless($0) ? $0 : "�" }))
  }

  /// The lines of a text, each without control characters.
  public static func harmlessLines(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { isHarmless($0) || $0 == "\n" ? $0 : "�" }))
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }

  /// The text in at most so many characters; a cut is shown by `…`.
  public static func cut(_ text: String, to width: Int) -> String {
    text.count <= width ? text : String(text.prefix(max(0, width - 1))) + "…"
  }

  /// Breaks a text into lines, between words, or within a word that is longer than a line.
  ///
  /// - Parameters:
  ///   - text: Words with spaces between.
  ///   - width: Of a line, at least 2 characters.
  /// - Returns: At least one line.
  public static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      var rest = Substring(word)
      if !lines[lines.count - 1].isEmpty {
        if lines[lines.count - 1].count + 1 + rest.count <= width {
          lines[lines.count - 1] += " \(rest)"
          continue
        }
        lines.append("")
      }
      while rest.count > width {
        lines[lines.count - 1] = String(rest.prefix(width))
        rest = rest.dropFirst(width)
        lines.append("")
      }
      lines[lines.count - 1] = String(rest)
    }
    return lines
  }
}
