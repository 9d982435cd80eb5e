import Files
import Foundation
import Settings
import Yams

/// Configurations as YAML, one `name: value` a line, of any type that has a table of settings.
public enum ConfigurationFile {
  /// The text of a configuration: every setting that it has.
  public static func text<Root>(_ root: Root, _ settings: [Setting<Root>]) -> String {
    settings.texts(of: root).map { "\($0.name): \($0.text)\n" }.joined()
  }

  /// The names and values that a file holds.
  ///
  /// - Parameter path: The file.
  /// - Returns: In the file's order.
  /// - Throws: `RunError` if the file cannot be read, is empty, or is not a list of settings.
  public static func values(in path: String) throws(RunError) -> [Value] {
    let text = try contents(of: path)
    // One with remarks alone says that nothing is set; an empty one is what a failed copy leaves.
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw RunError("\(path): is empty", cure: "write one 'name: value' a line")
    }
    return try values(of: text, from: path)
  }

  /// A setting's name, and its value as the file has it.
  public typealias Value = (name: String, value: SettingValue)

  /// The names and values that a text holds.
  ///
  /// - Parameters:
  ///   - text: YAML.
  ///   - path: Where it comes from, for errors.
  /// - Returns: In the text's order.
  /// - Throws: `RunError` if the text is not a list of settings.
  static func values(of text: String, from path: String) throws(RunError) -> [Value] {
    let node: Node?
    do {
      // Some editors begin a file with a mark of its byte order.
      node = try Yams.compose(yaml: text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text)
    } catch {
      let reason = "\(error)".split(separator: "\n").first.map(String.init) ?? "unreadable"
      throw RunError("\(path): is not YAML (\(reason))", cure: "write one 'name: value' a line")
    }
    guard let node else { return [] }
    guard let mapping = node.mapping else {
      throw RunError(
        "\(path): is \(node.sequence == nil ? "a text" : "a list"), not settings with names",
        cure: "write one 'name: value' a line" + (node.sequence == nil ? "" : ", without '-'"))
    }
    var values: [Value] = []
    for (key, node) in mapping {
      guard let name = key.scalar?.string else {
        throw RunError(
          "\(path): the name of a setting is \(words(for: key))",
          cure: "write one 'name: value' a line")
      }
      values.append((name: name, value: value(node)))
    }
    return values
  }

  private static func value(_ node: Node) -> SettingValue {
    if let scalar = node.scalar { return .text(scalar.string) }
    guard let elements = node.sequence else { return .other(words(for: node)) }
    if let nested = elements.first(where: { $0.scalar == nil }) {
      return .other("\(words(for: nested)) within a list")
    }
    return .list(elements.compactMap { $0.scalar?.string })
  }

  /// What a value is that is no text.
  private static func words(for node: Node) -> String {
    switch node {
    case .scalar: "a text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .alias: "an alias"
    }
  }

  /// Takes over the settings that a file names, and leaves the others.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - root: What is changed.
  ///   - settings: The table of its type.
  /// - Throws: `ConfigurationError`, which names the file, or `RunError` if it cannot be read.
  public static func read<Root>(
    _ path: String, into root: inout Root, _ settings: [Setting<Root>]
  ) throws {
    try assign(values(in: path), from: path, to: &root, settings)
    do {
      try settings.check(root)
    } catch {
      throw ConfigurationError("\(path): '\(error.setting)' \(error.complaint)")
    }
  }

  /// Takes over settings that were read from a file, without a look at what they are beside others:
  /// options may still change those.
  ///
  /// - Parameters:
  ///   - values: Names and values.
  ///   - path: The file.
  ///   - root: What is changed.
  ///   - settings: The table of its type.
  /// - Throws: `ConfigurationError`, which names the file.
  public static func assign<Root>(
    _ values: [Value], from path: String, to root: inout Root, _ settings: [Setting<Root>]
  ) throws(ConfigurationError) {
    do {
      try settings.assign(values, to: &root)
    } catch {
      throw ConfigurationError("\(path): \(error)")
    }
  }

  /// Takes over settings from a command line.
  ///
  /// - Parameters:
  ///   - assignments: Such as `epochs=3`.
  ///   - root: What is changed.
  ///   - settings: The table of its type.
  /// - Throws: `ConfigurationError` at the first that is no assignment, names an unknown setting,
  ///   or gives a value of another kind.
  public static func assign<Root>(
    _ assignments: [String], to root: inout Root, _ settings: [Setting<Root>]
  ) throws(ConfigurationError) {
    var values: [(name: String, value: String)] = []
    for assignment in assignments {
      let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw ConfigurationError("--set '\(assignment)': write key=value, such as epochs=3")
      }
      values.append((String(parts[0]), String(parts[1])))
    }
    do {
      try settings.assign(values, to: &root)
    } catch {
      throw ConfigurationError("--set: \(error)")
    }
  }

  /// Takes over options of a command line that are settings.
  ///
  /// - Parameters:
  ///   - options: Their names, which are those of settings, and values.
  ///   - root: What is changed.
  ///   - settings: The table of its type.
  /// - Throws: `ConfigurationError` at the first setting that the configuration does not have.
  public static func assign<Root>(
    options: [(name: String, value: String)], to root: inout Root, _ settings: [Setting<Root>]
  ) throws(ConfigurationError) {
    for (name, value) in options {
      do {
        try settings.assign([(name, value)], to: &root)
      } catch {
        // A flag that says no has another name.
        throw ConfigurationError("--\(value == "false" ? "no-" : "")\(name): \(error)")
      }
    }
  }

  /// More bytes than any configuration has, fewer than a device without an end.
  private static let longest = 1 << 24

  private static func contents(of path: String) throws(RunError) -> String {
    let cure = "give a readable YAML file with --config"
    guard !path.isEmpty else { throw RunError("--config: names no file", cure: cure) }
    // Not by Foundation, which would give no reason, nor read from a pipe.
    guard let file = fopen(path, "r") else {
      let reason =
        errno == ENOENT
        ? "there is no such file" : "cannot be read (\(String(cString: strerror(errno))))"
      throw RunError("\(path): \(reason)", cure: cure)
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, file), count > 0, bytes.count < longest {
      bytes += part[..<count]
    }
    guard ferror(file) == 0, bytes.count < longest,
      let text = String(validating: bytes, as: UTF8.self)
    else {
      throw RunError("\(path): cannot be read as text", cure: cure)
    }
    return text
  }
}

/// Settings that cannot be taken over.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One line: where they stand, what is wrong, the cure.
  public let description: String

  /// Makes an error.
  public init(_ description: String) { self.description = description }
}
