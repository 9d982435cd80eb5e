/// How a trace is read back: the mirror image of `Trace+Writing.swift`, with everything checked.
extension Trace {
  /// Reads a trace.
  ///
  /// - Throws: `TraceError` at the first thing that is not what the schema says.
  init(from reader: borrowing HDF5Reader) throws(TraceError) {
    header = try Trace.readHeader(from: reader)
    configuration = try reader.texts("/configuration", shape: [])[0]
    let slots = try Trace.readSlots(from: reader)
    let points = try reader.numbers(
      "/curve/x", shape: [reader.length("/curve/x")], as: Float.self)
    let functions = try reader.texts("/functions", shape: [reader.length("/functions")])
    guard Trajectory.Curve.areNames(functions) else {
      throw reader.malformed(
        "/functions", expected: "identifiers that differ", found: "\(functions)")
    }
    var trajectory = Trajectory(slots: slots, functions: functions, curvePoints: points)
    trajectory.steps = try Trace.read(Trajectory.Step.table, from: reader)
    trajectory.drops = try Trace.read(Trajectory.Drop.table, from: reader)
    trajectory.genotypes = try Trace.read(Trajectory.Genotype.table(slots: slots), from: reader)
    trajectory.epochs = try Trace.read(Trajectory.Epoch.table, from: reader)
    for index in slots.indices {
      try Trace.read(&trajectory.histories[index], rows: trajectory.steps.count, from: reader)
    }
    for drop in trajectory.drops where !trajectory.contains(drop) {
      throw reader.malformed(
        "/drops", expected: "an operation of a slot", found: "'\(drop.slot)/\(drop.operation)'")
    }
    try Trace.readCurve(of: &trajectory, from: reader)
    try reader.checkDigest()
    self.trajectory = trajectory
  }

  private static func readHeader(from reader: borrowing HDF5Reader) throws(TraceError) -> Header {
    let schema = try reader.text(attribute: "schema", of: "/")
    guard schema == TraceFile.schema else {
      throw .notATrace(file: reader.path, schema: schema)
    }
    let version = try reader.numbers(
      attribute: "schema_version", of: "/", shape: [], as: UInt64.self)[0]
    guard version == TraceFile.version else {
      throw .otherVersion(file: reader.path, found: version, expected: TraceFile.version)
    }
    var header = Header(
      seed: try reader.numbers(attribute: "seed", of: "/", shape: [], as: UInt64.self)[0])
    for column in Header.texts {
      guard case .text(_, let set) = column.cells else { continue }
      guard let text = try reader.text(attribute: column.name, of: "/") else {
        throw .missingObject(file: reader.path, object: "/@\(column.name)")
      }
      guard set(&header, text) else {
        throw reader.malformed("/@\(column.name)", expected: "a known label", found: "'\(text)'")
      }
    }
    return header
  }

  private static func readSlots(
    from reader: borrowing HDF5Reader
  ) throws(TraceError) -> [Trajectory.Slot] {
    let names = try reader.texts("/slots", shape: [reader.length("/slots")])
    guard Set(names).count == names.count else {
      throw reader.malformed("/slots", expected: "names that differ", found: "\(names)")
    }
    var slots: [Trajectory.Slot] = []
    for name in names {
      let path = "/operations/\(Trajectory.Slot.scale(name))"
      let operations = try reader.texts(path, shape: [reader.length(path)])
      let flags = try reader.numbers(
        attribute: "learnable", of: path, shape: [operations.count], as: UInt8.self)
      let learnable = zip(operations, flags).filter { $1 != 0 }.map(\.0)
      let complaint = Trajectory.Slot.complaint(
        name: name, operations: operations, learnable: learnable)
      if let complaint {
        throw reader.malformed(path, expected: "a slot's operations", found: "wrong: \(complaint)")
      }
      slots.append(.init(name: name, operations: operations, learnable: learnable))
    }
    return slots
  }

  /// Reads a table, all of whose columns must have the length of the first.
  private static func read<Row>(
    _ table: Table<Row>, from reader: borrowing HDF5Reader
  ) throws(TraceError) -> [Row] {
    let count = try reader.length("/\(table.group)/\(table.columns[0].name)")
    var rows: [Row] = []
    for (index, column) in table.columns.enumerated() {
      let path = "/\(table.group)/\(column.name)"
      if column.isOptional, try !reader.has(column.name, in: "/\(table.group)") { continue }
      let shape = [count]
      switch column.cells {
      case .int64(let cell):
        let values = try reader.numbers(path, shape: shape, as: Int64.self)
        // Only now is it known that the file really holds this many rows.
        if index == 0 { rows = Array(repeating: table.blank, count: count) }
        for row in rows.indices { rows[row][keyPath: cell] = Int(values[row]) }
      case .float32(let cell):
        let values = try reader.numbers(path, shape: shape, as: Float.self)
        for row in rows.indices { rows[row][keyPath: cell] = values[row] }
      case .float64(let cell):
        let values = try reader.numbers(path, shape: shape, as: Double.self)
        for row in rows.indices { rows[row][keyPath: cell] = values[row] }
      case .text(_, let set):
        let texts = try reader.texts(path, shape: shape)
        for row in rows.indices where !set(&rows[row], texts[row]) {
          throw reader.malformed(path, expected: "a known label", found: "'\(texts[row])'")
        }
      }
    }
    return rows
  }

  private static func read(
    _ history: inout Trajectory.SlotHistory, rows: Int, from reader: borrowing HDF5Reader
  ) throws(TraceError) {
    let name = history.slot.name
    let shape = [rows, history.slot.operations.count]
    for (group, path) in Trajectory.SlotHistory.matrices {
      history[keyPath: path] = try reader.numbers("/\(group)/\(name)", shape: shape)
    }
    let mask: [UInt8] = try reader.numbers("/mask/\(name)", shape: shape)
    if let odd = mask.first(where: { $0 > 1 }) {
      throw reader.malformed("/mask/\(name)", expected: "0 or 1", found: "\(odd)")
    }
    history.mask = mask.map { $0 == 1 }
    for (index, operation) in history.slot.learnable.enumerated() {
      history.scalars[index] = try reader.numbers("/beta/\(name)/\(operation)", shape: [rows])
    }
    history.rows = rows
  }

  private static func readCurve(
    of trajectory: inout Trajectory, from reader: borrowing HDF5Reader
  ) throws(TraceError) {
    let count = trajectory.genotypes.count
    let epochs: [Int64] = try reader.numbers("/curve/epoch", shape: [count])
    guard epochs.map({ Int($0) }) == trajectory.genotypes.map(\.epoch) else {
      throw reader.malformed(
        "/curve/epoch", expected: "the epochs of /genotype/epoch", found: "other epochs")
    }
    trajectory.curve.epochs = epochs.map { Int($0) }
    let (functions, points) = (trajectory.curve.functions, trajectory.curve.points.count)
    var values = [Float](repeating: 0, count: count * trajectory.curve.width)
    for (index, function) in functions.enumerated() {
      let rows: [Float] = try reader.numbers("/curve/\(function)", shape: [count, points])
      for row in 0..<count {
        let start = row * trajectory.curve.width + index * points
        values.replaceSubrange(
          start..<start + points, with: rows[row * points..<(row + 1) * points])
      }
    }
    trajectory.curve.values = values
  }
}
