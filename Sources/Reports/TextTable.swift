/// A table of text, columns aligned to the left.
public struct TextTable: Sendable {
  private var rows: [[String]]

  /// Begins a table.
  ///
  /// - Parameter header: The columns' names.
  public init(_ header: String...) {
    rows = [header]
  }

  /// Begins a table with as many columns as there are names.
  ///
  /// - Parameter header: The columns' names.
  public init(_ header: [String]) {
    rows = [header]
  }

  /// Adds a row.
  public mutating func add(_ cells: String...) {
    rows.append(cells)
  }

  /// Adds a row of as many cells as there are.
  public mutating func add(_ cells: [String]) {
    rows.append(cells)
  }

  /// The table, a line for each row.
  public var text: String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        column == row.count - 1
          ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }
      return cells.joined(separator: "  ") + "\n"
    }.joined()
  }
}
