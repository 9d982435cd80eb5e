import Files

extension Trajectory {
  /// Codes everything recorded so far; slots and points are the search's own.
  package mutating func code(_ coder: inout StateCoder) {
    var rowsOfSteps = coder.isRestoring ? [] : steps.elements
    coder.code(&rowsOfSteps, as: Step.table)
    if coder.isRestoring { steps.replace(by: rowsOfSteps) }
    let rows = steps.count
    for index in histories.indices { histories[index].code(&coder, rows: rows) }
    coder.code(&drops, as: Drop.table)
    coder.code(&genotypes, as: Genotype.table(slots: slots))
    coder.code(&epochs, as: Epoch.table)
    if !plugged.isEmpty || coder.holds(entry: "plugged.number") {
      coder.code(&plugged, as: Plugged.table)
    }
    curve.code(&coder)
    if coder.isRestoring, let disorder {
      coder.fail(
        "its entry '\(disorder.column)' has \(disorder.found) instead of \(disorder.expected)")
    }
  }
}

extension Trajectory.SlotHistory {
  fileprivate mutating func code(_ coder: inout StateCoder, rows: Int) {
    let width = slot.operations.count
    coder.group("slots." + slot.name) { coder in
      for (name, path) in Self.matrices {
        coder.code(name, &self[keyPath: path], count: rows * width)
      }
      var bytes = coder.isRestoring ? [] : mask.elements.map { $0 ? UInt8(1) : 0 }
      coder.code("mask", &bytes, count: rows * width)
      if coder.isRestoring { mask.replace(by: bytes.map { $0 != 0 }) }
      for (index, operation) in slot.learnable.enumerated() {
        coder.code("scalar.\(operation)", &scalars[index], count: rows)
      }
    }
    self.rows = rows
  }
}

extension Trajectory.Curve {
  fileprivate mutating func code(_ coder: inout StateCoder) {
    coder.group("curve") { coder in
      coder.code("epoch", &epochs)
      coder.code("y", &values, count: epochs.count * width)
    }
  }
}

extension StateCoder {
  /// Codes a column; `count` is how many elements there must be.
  fileprivate mutating func code(_ name: String, _ column: inout GrowingColumn<Float>, count: Int) {
    var values = isRestoring ? [] : column.elements
    code(name, &values, count: count)
    if isRestoring { column.replace(by: values) }
  }

  /// Codes a table, column by column.
  mutating func code<Row>(_ rows: inout [Row], as table: Table<Row>) {
    group(table.group) { coder in
      let count = coder.count(table.columns[0].name, saving: rows.count)
      if coder.isRestoring { rows = Array(repeating: table.blank, count: count) }
      for column in table.columns
      where !(column.isOptional && coder.isRestoring && !coder.holds(entry: column.name)) {
        switch column.cells {
        case .int64(let path):
          coder.code(column.name, &rows, path) { $0.code($1, &$2, count: $3) }
          if let odd = rows.first(where: { !column.counts.contains($0[keyPath: path]) }) {
            coder.fail(
              "its entry '\(table.group).\(column.name)' holds \(odd[keyPath: path]), no count")
          }
        case .float32(let path):
          coder.code(column.name, &rows, path) { $0.code($1, &$2, count: $3) }
          coder.check(rows.lazy.map { Double($0[keyPath: path]) }, of: column, in: table.group)
        case .float64(let path):
          coder.code(column.name, &rows, path) { $0.code($1, &$2, count: $3) }
          coder.check(rows.lazy.map { $0[keyPath: path] }, of: column, in: table.group)
        case .text(let get, let set):
          var texts = rows.map(get)
          coder.code(column.name, &texts, count: count)
          for index in rows.indices where !set(&rows[index], texts[index]) {
            coder.fail("its entry '\(table.group).\(column.name)' holds '\(texts[index])'")
          }
        }
      }
    }
  }

  /// Checks that numbers are within the bounds of their column.
  private mutating func check<Row>(
    _ values: some Sequence<Double>, of column: Column<Row>, in group: String
  ) {
    guard isRestoring, let bounds = column.bounds,
      let odd = values.first(where: { !bounds.contains($0) })
    else { return }
    fail("its entry '\(group).\(column.name)' holds \(odd) instead of \(bounds.words)")
  }

  private mutating func code<Row, Value>(
    _ name: String, _ rows: inout [Row], _ path: WritableKeyPath<Row, Value>,
    _ code: (inout StateCoder, String, inout [Value], Int) -> Void
  ) {
    var values = rows.map { $0[keyPath: path] }
    code(&self, name, &values, rows.count)
    guard isRestoring else { return }
    for index in rows.indices { rows[index][keyPath: path] = values[index] }
  }
}
