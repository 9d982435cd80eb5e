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
    /// Single precision; NaN where there is no number.
    case singles(String, [Float])
    /// Double precision; NaN where there is no number.
    case numbers(String, [Double])

    /// The column's name.
    package var name: String {
      switch self {
      case .texts(let name, _), .integers(let name, _), .unsigned(let name, _),
        .singles(let name, _), .numbers(let name, _):
        name
      }
    }

    /// A text as CSV has it.
    static func cell(_ text: String) -> String {
      guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
      return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }

    var count: Int {
      switch self {
      case .texts(_, let values): values.count
      case .integers(_, let values): values.count
      case .unsigned(_, let values): values.count
      case .singles(_, let values): values.count
      case .numbers(_, let values): values.count
      }
    }

    /// A cell as CSV has it: nothing for NaN, numbers with all their digits, texts in quotation
    /// marks where RFC 4180 asks for them.
    func cell(_ row: Int) -> String {
      switch self {
      case .integers(_, let values): return "\(values[row])"
      case .unsigned(_, let values): return "\(values[row])"
      case .singles(_, let values): return values[row].isNaN ? "" : "\(values[row])"
      case .numbers(_, let values): return values[row].isNaN ? "" : "\(values[row])"
      case .texts(_, let values): return Self.cell(values[row])
      }
    }
  }

  /// The table's name.
  package let name: String
  /// The columns, all of one length.
  package let columns: [Column]

  /// Makes a table.
  ///
  /// - Precondition: All columns have the same length.
  package init(name: String, columns: [Column]) {
    precondition(
      Set(columns.map(\.count)).count <= 1, "\(name): columns of \(columns.map(\.count)) rows")
    self.name = name
    self.columns = columns
  }

  /// The table as CSV (RFC 4180, but lines end as elsewhere on this system): a line of names, then
  /// a line for each row.
  package var csv: String {
    let rows = columns.first?.count ?? 0
    return columns.map { Column.cell($0.name) }.joined(separator: ",") + "\n"
      + (0..<rows).map { row in
        columns.map { $0.cell(row) }.joined(separator: ",") + "\n"
      }.joined()
  }
}
