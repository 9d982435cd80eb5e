import Files

extension Trajectory {
  /// The steps, with the columns of the file.
  package var stepTable: PlainTable { PlainTable(steps.elements, as: Step.table) }
  /// The epochs, with the columns of the file.
  package var epochTable: PlainTable { PlainTable(epochs, as: Epoch.table) }
  /// The operations dropped, with the columns of the file.
  package var dropTable: PlainTable { PlainTable(drops, as: Drop.table) }
  /// The functions plugged in at the end, with the columns of the file.
  package var pluggedTable: PlainTable { PlainTable(plugged, as: Plugged.table) }
}

extension CandidateHistory {
  /// The candidates, with the columns of the file.
  package var table: PlainTable { PlainTable(rows, as: Row.table) }
}

extension RaceHistory {
  /// The trainings, with the columns of the file.
  package var table: PlainTable { PlainTable(trainings, as: Training.table) }
}

extension PlainTable {
  fileprivate init<Row>(_ rows: [Row], as table: Table<Row>) {
    self.init(
      name: table.group,
      columns: table.columns.map { column in
        switch column.cells {
        case .int64(let path): .integers(column.name, rows.map { Int64($0[keyPath: path]) })
        case .float32(let path): .singles(column.name, rows.map { $0[keyPath: path] })
        case .float64(let path): .numbers(column.name, rows.map { $0[keyPath: path] })
        case .text(let get, _): .texts(column.name, rows.map(get))
        }
      })
  }
}
