/// How a trace becomes an HDF5 file. The schema stands in the module's README.
extension Trace {
  /// The trace as a complete HDF5 file in memory.
  ///
  /// - Throws: `HDF5Error` if the library refuses, or a text is too long.
  func image() throws(HDF5Error) -> HDF5Image {
    let columns = trajectory.histories.reduce(0) { $0 + $1.slot.operations.count }
    let writer = try HDF5Writer(sizeHint: trajectory.steps.count * (13 * columns + 120) + 1 << 17)
    try writeRoot(to: writer)
    try write(trajectory.steps, as: Step.table, to: writer)
    try writeSlots(to: writer)
    try write(trajectory.drops, as: Drop.table, to: writer)
    try write(trajectory.genotypes, as: Genotype.table(slots: trajectory.slots), to: writer)
    try write(trajectory.epochs, as: Epoch.table, to: writer)
    try writeCurve(to: writer)
    return try writer.close()
  }

  private typealias Step = Trajectory.Step
  private typealias Drop = Trajectory.Drop
  private typealias Genotype = Trajectory.Genotype
  private typealias Epoch = Trajectory.Epoch

  private func writeRoot(to writer: borrowing HDF5Writer) throws(HDF5Error) {
    try writer.set("schema", of: "/", to: TraceFile.schema)
    try writer.set("schema_version", of: "/", to: TraceFile.version)
    for column in Header.texts {
      guard case .text(let get, _) = column.cells else { continue }
      try writer.set(column.name, of: "/", to: get(header))
    }
    try writer.set("seed", of: "/", to: header.seed)
    try writer.set("NX_class", of: "/", to: "NXroot")
    try writer.set("default", of: "/", to: "steps")
    try writer.write(scalar: configuration, "/configuration")
  }

  /// Writes a table: a group with one dataset `[rows]` per column.
  private func write<Row>(
    _ rows: [Row], as table: Table<Row>, to writer: borrowing HDF5Writer
  ) throws(HDF5Error) {
    let group = "/\(table.group)"
    let scale = "\(group)/\(table.columns[0].name)"
    try makeGroup(
      group, signals: table.signal.map { [$0] } ?? [], axes: [table.columns[0].name], in: writer)
    for column in table.columns {
      let path = "\(group)/\(column.name)"
      let shape = [rows.count]
      switch column.cells {
      case .int64(let cell):
        try writer.write(rows.map { Int64($0[keyPath: cell]) }, path, shape: shape)
      case .float32(let cell):
        try writer.write(rows.map { $0[keyPath: cell] }, path, shape: shape)
      case .float64(let cell):
        try writer.write(rows.map { $0[keyPath: cell] }, path, shape: shape)
      case .text(let get, _):
        try writer.write(rows.map(get), path)
      }
      if let units = column.units { try writer.set("units", of: path, to: units) }
      if path == scale {
        try writer.makeScale(path, name: column.name)
      } else {
        try writer.attach(scales: [scale], to: path)
      }
    }
  }

  /// Writes what the slots are and what they held at every step.
  private func writeSlots(to writer: borrowing HDF5Writer) throws(HDF5Error) {
    let rows = trajectory.steps.count
    let slots = trajectory.slots
    try writer.write(slots.map(\.name), "/slots")
    try makeGroup("/operations", signals: [], axes: [], in: writer)
    for slot in slots {
      let path = "/operations/\(slot.scale)"
      try writer.write(slot.operations, path)
      try writer.makeScale(path, name: slot.scale)
      try writer.set(
        "learnable", of: path,
        to: slot.operations.map { slot.learnable.contains($0) ? UInt8(1) : 0 })
    }
    for group in Trajectory.SlotHistory.matrices.map(\.name) + ["mask"] {
      try makeGroup(
        "/\(group)", signals: slots.prefix(1).map(\.name), axes: ["step", "."], in: writer)
      try writer.link("/\(group)/step", to: "/steps/step")
      for slot in slots {
        try writer.link("/\(group)/\(slot.scale)", to: "/operations/\(slot.scale)")
      }
    }
    for history in trajectory.histories {
      let name = history.slot.name
      let shape = [rows, history.slot.operations.count]
      let scales = ["/steps/step", "/operations/\(history.slot.scale)"]
      for (group, path) in Trajectory.SlotHistory.matrices {
        try writer.write(history[keyPath: path], "/\(group)/\(name)", shape: shape)
        try writer.attach(scales: scales, to: "/\(group)/\(name)")
      }
      try writer.write(history.mask.map { $0 ? UInt8(1) : 0 }, "/mask/\(name)", shape: shape)
      try writer.attach(scales: scales, to: "/mask/\(name)")
      try writeScalars(of: history, to: writer)
    }
  }

  private func writeScalars(
    of history: Trajectory.SlotHistory, to writer: borrowing HDF5Writer
  ) throws(HDF5Error) {
    let group = "/beta/\(history.slot.name)"
    try makeGroup(group, signals: history.slot.learnable, axes: ["step"], in: writer)
    try writer.link("\(group)/step", to: "/steps/step")
    for (operation, values) in zip(history.slot.learnable, history.scalars) {
      try writer.write(values, "\(group)/\(operation)", shape: [values.count])
      try writer.attach(scales: ["/steps/step"], to: "\(group)/\(operation)")
    }
  }

  private func writeCurve(to writer: borrowing HDF5Writer) throws(HDF5Error) {
    let curve = trajectory.curve
    try writer.write(curve.functions, "/functions")
    try makeGroup("/curve", signals: curve.functions, axes: ["epoch", "x"], in: writer)
    try writer.write(curve.epochs.map { Int64($0) }, "/curve/epoch", shape: [curve.epochs.count])
    try writer.makeScale("/curve/epoch", name: "epoch")
    try writer.write(curve.points, "/curve/x", shape: [curve.points.count])
    try writer.makeScale("/curve/x", name: "x")
    for (index, function) in curve.functions.enumerated() {
      let values = curve.epochs.indices.flatMap { row in
        let start = row * curve.width + index * curve.points.count
        return curve.values[start..<start + curve.points.count]
      }
      let path = "/curve/\(function)"
      try writer.write(values, path, shape: [curve.epochs.count, curve.points.count])
      try writer.attach(scales: ["/curve/epoch", "/curve/x"], to: path)
    }
  }

  /// Makes a group that viewers plot by themselves, by the NeXus convention: the first signal over
  /// the axes, the other signals along with it. Without a signal it is a plain collection.
  private func makeGroup(
    _ path: String, signals: [String], axes: [String], in writer: borrowing HDF5Writer
  ) throws(HDF5Error) {
    try writer.makeGroup(path)
    guard let signal = signals.first else {
      return try writer.set("NX_class", of: path, to: "NXcollection")
    }
    try writer.set("NX_class", of: path, to: "NXdata")
    try writer.set("signal", of: path, to: signal)
    if signals.count > 1 {
      try writer.set("auxiliary_signals", of: path, to: Array(signals.dropFirst()))
    }
    try writer.set("axes", of: path, to: axes)
  }
}
