import Foundation

/// A table with named columns of one length, for results that are no trajectory.
package struct PlainTable: Sendable {
  /// A column, its name and its values.
  package enum Column: Sendable {
    /// UTF-8 texts.
    case texts(String, [String])
    /// 64-bit integers.
    case integers(String, [Int64])
    /// 64-bit integers without a sign, such as seeds.
    case unsigned(String, [UInt64])
    /// Double precision; NaN where there is no number.
    case numbers(String, [Double])

    var name: String {
      switch self {
      case .texts(let name, _), .integers(let name, _), .unsigned(let name, _),
        .numbers(let name, _):
        name
      }
    }

    var count: Int {
      switch self {
      case .texts(_, let values): values.count
      case .integers(_, let values): values.count
      case .unsigned(_, let values): values.count
      case .numbers(_, let values): values.count
      }
    }

    /// A cell as CSV has it: nothing for NaN, numbers with all their digits, texts in quotation marks
    /// where RFC 4180 asks for them.
    func cell(_ row: Int) -> String {
      switch self {
      case .integers(_, let values): return "\(values[row])"
      case .unsigned(_, let values): return "\(values[row])"
      case .numbers(_, let values): return values[row].isNaN ? "" : "\(values[row])"
      case .texts(_, let values):
        let text = values[row]
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
      }
    }
  }

  private let name: String
  private let columns: [Column]

  /// Makes a table.
  ///
  /// - Precondition: All columns have the same length.
  package init(name: String, columns: [Column]) {
    precondition(
      Set(columns.map(\.count)).count <= 1, "\(name): columns of \(columns.map(\.count)) rows")
    self.name = name
    self.columns = columns
  }

  /// The table as CSV (RFC 4180, but lines end as elsewhere on this system): a line of names, then a
  /// line for each row.
  package var csv: String {
    let rows = columns.first?.count ?? 0
    return columns.map(\.name).joined(separator: ",") + "\n"
      + (0..<rows).map { row in
        columns.map { $0.cell(row) }.joined(separator: ",") + "\n"
      }.joined()
  }

  /// Writes tables as an HDF5 file, whole or not at all: a group for each table, in it a dataset for
  /// each column.
  ///
  /// - Parameters:
  ///   - tables: The tables.
  ///   - attributes: Names and texts of the root's attributes.
  ///   - file: Where to write; the folder exists.
  /// - Throws: `TraceError.unwritable`.
  package static func publish(
    _ tables: [PlainTable], attributes: [(name: String, text: String)], to file: URL
  ) throws(TraceError) {
    do {
      let image = try HDF5Library.withExclusiveAccess {
        let writer = try HDF5Writer(sizeHint: 1 << 16)
        for attribute in attributes {
          try writer.set(attribute.name, of: "/", to: attribute.text)
        }
        for table in tables { try table.write(to: writer) }
        return try writer.close()
      }
      try image.withBytes { try AtomicFile.write($0, to: file.path) }
    } catch let error as TraceError {
      throw error
    } catch let error as HDF5Error {
      throw .unwritable(file: file.path, reason: "\(error.object): \(error.reason)")
    } catch {
      throw .unwritable(file: file.path, reason: "\(error)")
    }
  }

  private func write(to writer: borrowing HDF5Writer) throws(HDF5Error) {
    try writer.makeGroup("/\(name)")
    for column in columns {
      let path = "/\(name)/\(column.name)"
      switch column {
      case .texts(_, let values): try writer.write(values, path)
      case .integers(_, let values): try writer.write(values, path, shape: [values.count])
      case .unsigned(_, let values): try writer.write(values, path, shape: [values.count])
      case .numbers(_, let values): try writer.write(values, path, shape: [values.count])
      }
    }
  }
}
