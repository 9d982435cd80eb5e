import Foundation
import Suggestions
import Yams

/// A configuration as YAML: one `name: value` a line.
public enum ConfigurationFile {
  /// A configuration file that cannot be used.
  public struct Failure: Error, CustomStringConvertible, Sendable, Hashable {
    /// One line: the file, what is wrong, the cure.
    public let description: String
  }

  /// The text of a configuration, every setting included.
  public static func text(_ configuration: RunConfiguration) -> String {
    Setting.all.map { "\($0.name): \($0.text(configuration))\n" }.joined()
  }

  /// Takes over the settings that a file names, and leaves the others.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - configuration: What is changed.
  /// - Throws: `Failure` if the file cannot be read, is not a list of settings, names an unknown
  ///   one, or gives a value of another kind.
  public static func read(
    _ path: String, into configuration: inout RunConfiguration
  ) throws(Failure) {
    let text: String
    do {
      text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
    } catch {
      throw Failure(
        description: "\(path): cannot be read as text; give a readable YAML file with --config")
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      let reason = "\(error)".split(separator: "\n").first.map(String.init) ?? "unreadable"
      throw Failure(description: "\(path): is not YAML (\(reason)); write one 'name: value' a line")
    }
    guard let node else { return }
    guard let mapping = node.mapping else {
      throw Failure(
        description: "\(path): is not a list of settings; write one 'name: value' a line")
    }
    for (key, value) in mapping {
      let name = key.string ?? ""
      guard let setting = Setting.all.first(where: { $0.name == name }) else {
        throw Failure(
          description: path + ": "
            + unknownName(name, kind: "setting", known: Setting.all.map(\.name)))
      }
      guard let text = value.scalar?.string, setting.set(&configuration, text) else {
        throw Failure(
          description:
            "\(path): '\(name)' must be \(setting.kind), not '\(value.string ?? "a list")'")
      }
    }
  }
}
