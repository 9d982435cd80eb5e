import Exports
import Foundation
import Testing

/// A Python with some of the libraries that exported code needs.
struct PythonEnvironment: Sendable, CustomTestStringConvertible {
  /// Its name, that of its file of requirements; nil for one with whatever is installed.
  let name: String?
  /// The Python that runs.
  let python: String

  /// What the runners can compare.
  static let allTargets = [
    "python", "pytorch", "jax", "keras-jax", "keras-numpy", "keras-torch", "keras-tensorflow",
    "onnx",
  ]

  var testDescription: String { name ?? python }

  /// Those that `GRAFS_EXPORT_ENVIRONMENTS` names, made from their files of requirements by
  /// `make test-exports`; without it the Python of `GRAFS_EXPORT_PYTHON`, or `python3`.
  static let all: [PythonEnvironment] = {
    let variables = ProcessInfo.processInfo.environment
    guard let names = variables["GRAFS_EXPORT_ENVIRONMENTS"] else {
      let python = variables["GRAFS_EXPORT_PYTHON"] ?? "python3"
      return Program.exists(python) ? [PythonEnvironment(name: nil, python: python)] : []
    }
    let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized
    return names.split(separator: " ").map { name in
      PythonEnvironment(
        name: String(name), python: root.path + "/.build-exports/\(name)/bin/python")
    }
  }()

  /// The lines of a file of requirements.
  static func requirements(of name: String) throws -> [Substring] {
    let folder = try #require(Bundle.module.url(forResource: "Environments", withExtension: nil))
    return try String(contentsOf: folder.appendingPathComponent("\(name).txt"), encoding: .utf8)
      .split(separator: "\n")
  }

  /// What must be compared in it; nil for whatever can be.
  var requiredTargets: [String]? {
    get throws {
      guard let name else { return nil }
      let first = try #require(Self.requirements(of: name).first)
      let targets = try #require(first.wholeMatch(of: /# targets: (.+)/)?.1, "\(name).txt")
      return targets.split(separator: " ").map(String.init)
    }
  }
}
