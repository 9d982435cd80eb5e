extension HDF5Reader {
  /// Reads a table, all of whose columns must have the length of the first.
  func rows<Row>(of table: Table<Row>) throws(TraceError) -> [Row] {
    let count = try length("/\(table.group)/\(table.columns[0].name)")
    var rows: [Row] = []
    for (index, column) in table.columns.enumerated() {
      let path = "/\(table.group)/\(column.name)"
      if column.isOptional, try !has(column.name, in: "/\(table.group)") { continue }
      let shape = [count]
      switch column.cells {
      case .int64(let cell):
        let values = try numbers(path, shape: shape, as: Int64.self)
        if let odd = values.first(where: { !column.counts.contains(Int($0)) }) {
          throw malformed(
            path, expected: "counts from 0 to \(column.counts.upperBound)", found: "\(odd)")
        }
        // Only now is it known that the file really holds this many rows.
        if index == 0 { rows = Array(repeating: table.blank, count: count) }
        for row in rows.indices { rows[row][keyPath: cell] = Int(values[row]) }
      case .float32(let cell):
        let values = try numbers(path, shape: shape, as: Float.self)
        try check(values, of: column, path)
        for row in rows.indices { rows[row][keyPath: cell] = values[row] }
      case .float64(let cell):
        let values = try numbers(path, shape: shape, as: Double.self)
        try check(values, of: column, path)
        for row in rows.indices { rows[row][keyPath: cell] = values[row] }
      case .text(_, let set):
        let texts = try texts(path, shape: shape)
        for row in rows.indices where !set(&rows[row], texts[row]) {
          throw malformed(path, expected: "a known label", found: "'\(texts[row])'")
        }
      }
    }
    return rows
  }

  /// Checks that numbers are within the bounds of their column.
  private func check<Row, Number: BinaryFloatingPoint>(
    _ values: [Number], of column: Column<Row>, _ path: String
  ) throws(TraceError) {
    guard let bounds = column.bounds else { return }
    if let odd = values.first(where: { !bounds.contains(Double($0)) }) {
      throw malformed(path, expected: bounds.words, found: "\(odd)")
    }
  }
}
