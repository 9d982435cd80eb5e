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
  /// - Returns: In the file's order; nil for a value that is a list or a mapping.
  /// - Throws: `RunError` if the file cannot be read, or is not a list of settings.
  public static func values(in path: String) throws(RunError) -> [(name: String, value: String?)] {
    try values(of: contents(of: path), from: path)
  }

  /// The names and values that a text holds.
  ///
  /// - Parameters:
  ///   - text: YAML.
  ///   - path: Where it comes from, for errors.
  /// - Returns: In the text's order; nil for a value that is a list or a mapping.
  /// - Throws: `RunError` if the text is not a list of settings.
  static func values(
    of text: String, from path: String
  ) throws(RunError) -> [(name: String, value: String?)] {
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      let reason = "\(error)".split(separator: "\n").first.map(String.init) ?? "unreadable"
      throw RunError("\(path): is not YAML (\(reason))", cure: "write one 'name: value' a line")
    }
    guard let node else { return [] }
    guard let mapping = node.mapping else {
      throw RunError(
        "\(path): is not a list of settings", cure: "write one 'name: value' a line")
    }
    return mapping.map { (name: $0.key.string ?? "", value: $0.value.scalar?.string) }
  }

  /// Takes over the settings that a file names, and leaves the others.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - root: What is changed.
  ///   - settings: The table of its type.
  ///   - others: Names of settings of other types that the file may have too, which are passed
  ///     over.
  /// - Throws: `ConfigurationError`, which names the file, or `RunError` if it cannot be read.
  public static func read<Root>(
    _ path: String, into root: inout Root, _ settings: [Setting<Root>],
    passingOver others: Set<String> = []
  ) throws {
    do {
      try settings.assign(
        values(in: path).filter { !others.contains($0.name) }, to: &root)
      try settings.check(root)
    } catch let error as SettingError {
      throw ConfigurationError("\(path): \(error)")
    } catch let error as ImpossibleValue {
      throw ConfigurationError("\(path): '\(error.setting)' \(error.complaint)")
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
    var values: [(name: String, value: String?)] = []
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
        throw ConfigurationError("--\(name): \(error)")
      }
    }
  }

  private static func contents(of path: String) throws(RunError) -> String {
    do {
      return try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
    } catch {
      let reason =
        FileManager.default.fileExists(atPath: path)
        ? "cannot be read as text" : "there is no such file"
      throw RunError("\(path): \(reason)", cure: "give a readable YAML file with --config")
    }
  }
}

/// Settings that cannot be taken over.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One line: where they stand, what is wrong, the cure.
  public let description: String

  /// Makes an error.
  public init(_ description: String) { self.description = description }
}
