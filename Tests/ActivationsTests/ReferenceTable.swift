import Foundation

/// A table written by a script under `Tests/References`.
struct ReferenceTable {
  /// One line: the name, if the first column is one, and the numbers.
  struct Row {
    let name: String
    let numbers: [Double]
  }

  let rows: [Row]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - file: The file's name in the folder `References` of the test bundle.
  ///   - named: Whether the first column is a name.
  /// - Throws: `Malformed` for a line that is not as the header says; what reading a file throws.
  init(_ file: String, named: Bool) throws {
    guard let folder = Bundle.module.url(forResource: "References", withExtension: nil) else {
      throw Malformed(line: "no folder References")
    }
    let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    let lines = text.split(separator: "\n")
    let columns = lines.first.map { $0.split(separator: ",").count } ?? 0
    rows = try lines.dropFirst().map { line in
      let fields = line.split(separator: ",")
      let numbers = fields.dropFirst(named ? 1 : 0).compactMap { Double($0) }
      guard fields.count == columns, numbers.count == columns - (named ? 1 : 0) else {
        throw Malformed(line: "\(file): \(line)")
      }
      return Row(name: named ? String(fields[0]) : "", numbers: numbers)
    }
  }

  struct Malformed: Error {
    let line: String
  }
}
