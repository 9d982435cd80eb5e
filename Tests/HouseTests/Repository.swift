import Foundation
import Testing

/// The files of this repository, as the checks of the house's rules see them.
enum Repository {
  /// The repository's root, from where this file lies.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The files below a folder, hidden folders and build products left out, in order of their paths.
  ///
  /// - Parameters:
  ///   - folders: Paths from the root.
  ///   - extensions: What a file's name may end with, without the dot.
  /// - Returns: The files with their texts.
  /// - Throws: If a file cannot be read.
  static func files(in folders: [String], extensions: Set<String>) throws -> [SourceFile] {
    var files: [SourceFile] = []
    for folder in folders {
      let top = root.appendingPathComponent(folder)
      let paths = FileManager.default.enumerator(
        at: top, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
      while let url = paths?.nextObject() as? URL {
        guard extensions.contains(url.pathExtension) else { continue }
        let path = url.standardizedFileURL.path.dropFirst(root.standardizedFileURL.path.count)
        files.append(
          SourceFile(
            path: String(path.drop { $0 == "/" }),
            text: try String(contentsOf: url, encoding: .utf8)))
      }
    }
    return files.sorted { $0.path < $1.path }
  }

  /// The Swift files of the libraries and the command.
  ///
  /// - Returns: The files with their texts.
  /// - Throws: If a file cannot be read.
  static func sources() throws -> [SourceFile] { try files(in: ["Sources"], extensions: ["swift"]) }

  /// The Swift files of sources and tests.
  ///
  /// - Returns: The files with their texts.
  /// - Throws: If a file cannot be read.
  static func swift() throws -> [SourceFile] {
    try files(in: ["Sources", "Tests"], extensions: ["swift"])
  }
}

/// A text file of the repository.
struct SourceFile {
  /// The path from the repository's root.
  let path: String

  /// The whole text.
  let text: String

  /// The lines, without their ends; the first has number 1 where a place is said.
  var lines: [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The module whose folder under `Sources` or `Tests` the file lies in.
  var module: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : ""
  }

  /// The places where a text occurs, as `path:line`.
  ///
  /// - Parameter word: What is searched, capitals and small letters being different.
  /// - Returns: A text for each line in which it occurs.
  func places(of word: String) -> [String] {
    guard text.contains(word) else { return [] }
    return lines.enumerated().filter { $0.element.contains(word) }.map {
      "\(path):\($0.offset + 1)"
    }
  }
}

/// Records an issue that lists the places where a rule is broken, if there are any.
///
/// - Parameters:
///   - places: One text each.
///   - rule: What they break.
///   - location: The test's own place.
func expectNone(
  _ places: [String], _ rule: String, location: SourceLocation = #_sourceLocation
) {
  if !places.isEmpty {
    Issue.record(
      "\(rule): \(places.count)\n  \(places.joined(separator: "\n  "))", sourceLocation: location)
  }
}
