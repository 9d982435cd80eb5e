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

  /// Whether standard output is a terminal whose user has nothing against color
  /// (https://no-color.org).
  ///
  /// - Parameter environment: The process's variables.
  /// - Returns: False if `NO_COLOR` is set, or the terminal is a dumb one.
  public static func hasColor(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Bool {
    isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty
      && environment["TERM"] != "dumb"
  }

  /// The text without control characters, of which a terminal would do something.
  public static func harmless(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
            ? "�" : $0
        }))
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
