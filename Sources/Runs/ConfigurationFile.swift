import Foundation
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
  ///   one, or gives a value of another kind or one that no search can have.
  public static func read(
    _ path: String, into configuration: inout RunConfiguration
  ) throws(Failure) {
    let node: Node?
    do {
      node = try Yams.compose(yaml: contents(of: path))
    } catch let failure as Failure {
      throw failure
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
      let complaint = Setting.assign(
        value.scalar?.string, to: key.string ?? "", in: &configuration)
      if let complaint { throw Failure(description: "\(path): \(complaint)") }
    }
    do {
      try configuration.validate()
    } catch {
      throw Failure(description: "\(path): '\(error.setting)' \(error.complaint)")
    }
  }

  /// Takes over one setting from a command line.
  ///
  /// - Parameters:
  ///   - assignment: Such as `epochs=3`.
  ///   - configuration: What is changed.
  /// - Throws: `Failure` if it is no assignment, names an unknown setting, or gives a value of
  ///   another kind.
  public static func assign(
    _ assignment: String, in configuration: inout RunConfiguration
  ) throws(Failure) {
    let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw Failure(description: "--set '\(assignment)': write key=value, such as epochs=3")
    }
    let complaint = Setting.assign(
      String(parts[1]), to: String(parts[0]), in: &configuration)
    if let complaint { throw Failure(description: "--set: \(complaint)") }
  }

  private static func contents(of path: String) throws(Failure) -> String {
    do {
      return try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
    } catch {
      let reason =
        FileManager.default.fileExists(atPath: path)
        ? "cannot be read as text" : "there is no such file"
      throw Failure(description: "\(path): \(reason); give a readable YAML file with --config")
    }
  }
}
