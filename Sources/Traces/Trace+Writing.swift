import Files

/// How a trace becomes an HDF5 file. The schema stands in the module's README.
extension Trace {
  /// About how many bytes the file will have.
  var sizeHint: Int {
    switch record {
    case .relaxed(let trajectory):
      let columns = trajectory.histories.reduce(0) { $0 + $1.slot.operations.count }
      return trajectory.steps.count * (13 * columns + 120) + 1 << 17
    case .proposed(let history): return history.count * 400 + 1 << 17
    }
  }

  /// The trace as a complete HDF5 file in memory, or in a draft.
  ///
  /// - Throws: `HDF5Error` if the library refuses, or a text is too long.
  func image(in draft: DraftFile? = nil) throws(HDF5Error) -> HDF5Image {
    let writer = try HDF5Writer(sizeHint: sizeHint, draft: draft)
    switch record {
    case .relaxed(let trajectory):
      try writeRoot(to: writer, default: Trajectory.Step.table.group)
      try trajectory.write(to: writer)
    case .proposed(let history):
      try writeRoot(to: writer, default: CandidateHistory.Row.table.group)
      let table = CandidateHistory.Row.table
      try writer.write(history.rows, as: table)
      try writer.set("metric", of: "/\(table.group)", to: history.metric)
    }
    if let race {
      try writer.write(race.arms, as: RaceHistory.Arm.table)
      try writer.write(race.trainings, as: RaceHistory.Training.table)
      try writer.set("metric", of: "/race", to: race.metric)
    }
    return try writer.close()
  }

  private func writeRoot(
    to writer: borrowing HDF5Writer, default group: String
  ) throws(HDF5Error) {
    try writer.set("schema", of: "/", to: TraceFile.schema)
    try writer.set("schema_version", of: "/", to: TraceFile.version)
    for column in Header.texts {
      guard case .text(let get, _) = column.cells else { continue }
      try writer.set(column.name, of: "/", to: get(header))
    }
    try writer.set("seed", of: "/", to: header.seed)
    try writer.set("NX_class", of: "/", to: "NXroot")
    try writer.set("search", of: "/", to: record.kind)
    try writer.set("default", of: "/", to: group)
    try writer.write(scalar: configuration, "/configuration")
  }
}
