/// How what happened in a relaxed search is read back, with everything checked.
extension Trajectory {
  /// Reads all groups.
  ///
  /// - Throws: `TraceError` at the first thing that is not what the schema says.
  init(
    from reader: borrowing HDF5Reader, keepingRowsIn store: ColumnStore?
  ) throws(TraceError) {
    let slots = try Trajectory.readSlots(from: reader)
    let points = try reader.numbers(
      "/curve/x", shape: [reader.length("/curve/x")], as: Float.self)
    let functions = try reader.texts("/functions", shape: [reader.length("/functions")])
    guard Curve.areNames(functions) else {
      throw reader.malformed(
        "/functions", expected: "identifiers that differ", found: "\(functions)")
    }
    self.init(slots: slots, functions: functions, curvePoints: points)
    self.store = store
    steps.replace(by: try reader.rows(of: Step.table))
    drops = try reader.rows(of: Drop.table)
    genotypes = try reader.rows(of: Genotype.table(slots: slots))
    epochs = try reader.rows(of: Epoch.table)
    if try reader.has("plugged", in: "/") { plugged = try reader.rows(of: Plugged.table) }
    for index in slots.indices {
      try Self.read(&histories[index], rows: steps.count, from: reader)
    }
    for drop in drops where !contains(drop) {
      throw reader.malformed(
        "/drops", expected: "an operation of a slot", found: "'\(drop.slot)/\(drop.operation)'")
    }
    try readCurve(from: reader)
    if let disorder {
      throw reader.malformed(
        "/\(disorder.column)", expected: disorder.expected, found: disorder.found)
    }
  }

  private static func readSlots(
    from reader: borrowing HDF5Reader
  ) throws(TraceError) -> [Slot] {
    let names = try reader.texts("/slots", shape: [reader.length("/slots")])
    guard Set(names).count == names.count else {
      throw reader.malformed("/slots", expected: "names that differ", found: "\(names)")
    }
    var slots: [Slot] = []
    for name in names {
      let path = "/operations/\(Slot.scale(name))"
      let operations = try reader.texts(path, shape: [reader.length(path)])
      let counts = try reader.numbers(
        attribute: "learnable", of: path, shape: [operations.count], as: UInt8.self)
      let learnable = Slot.scalars(of: operations, counts: counts.map(Int.init))
      let complaint = Slot.complaint(
        name: name, operations: operations, learnable: learnable)
      if let complaint {
        throw reader.malformed(path, expected: "a slot's operations", found: "wrong: \(complaint)")
      }
      slots.append(.init(name: name, operations: operations, learnable: learnable))
    }
    return slots
  }

  private static func read(
    _ history: inout SlotHistory, rows: Int, from reader: borrowing HDF5Reader
  ) throws(TraceError) {
    let name = history.slot.name
    let shape = [rows, history.slot.operations.count]
    for (group, path) in SlotHistory.matrices {
      history[keyPath: path].replace(
        by: try reader.numbers("/\(group)/\(name)", shape: shape))
    }
    let mask: [UInt8] = try reader.numbers("/mask/\(name)", shape: shape)
    if let odd = mask.first(where: { $0 > 1 }) {
      throw reader.malformed("/mask/\(name)", expected: "0 or 1", found: "\(odd)")
    }
    history.mask.replace(by: mask.map { $0 == 1 })
    for (index, operation) in history.slot.learnable.enumerated() {
      history.scalars[index].replace(
        by: try reader.numbers("/beta/\(name)/\(operation)", shape: [rows]))
    }
    history.rows = rows
  }

  private mutating func readCurve(
    from reader: borrowing HDF5Reader
  ) throws(TraceError) {
    let count = genotypes.count
    let epochs: [Int64] = try reader.numbers("/curve/epoch", shape: [count])
    curve.epochs = epochs.map { Int($0) }
    let (functions, points) = (curve.functions, curve.points.count)
    var values = [Float](repeating: 0, count: count * curve.width)
    for (index, function) in functions.enumerated() {
      let rows: [Float] = try reader.numbers("/curve/\(function)", shape: [count, points])
      for row in 0..<count {
        let start = row * curve.width + index * points
        values.replaceSubrange(
          start..<start + points, with: rows[row * points..<(row + 1) * points])
      }
    }
    curve.values = values
  }
}
