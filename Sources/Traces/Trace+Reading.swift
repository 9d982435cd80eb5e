/// How a trace is read back: the mirror image of `Trace+Writing.swift`, with everything checked.
extension Trace {
  /// Reads a trace.
  ///
  /// - Throws: `TraceError` at the first thing that is not what the schema says.
  init(
    from reader: borrowing HDF5Reader, keepingRowsIn store: ColumnStore?
  ) throws(TraceError) {
    header = try Trace.readHeader(from: reader)
    configuration = try reader.texts("/configuration", shape: [])[0]
    // Version 2 knew relaxed searches alone.
    let kind = try reader.text(attribute: "search", of: "/") ?? "relaxed"
    switch kind {
    case "relaxed": record = .relaxed(try Trajectory(from: reader, keepingRowsIn: store))
    case "proposed": record = .proposed(try Trace.readCandidates(from: reader))
    default:
      throw reader.malformed("/@search", expected: "a known kind of search", found: "'\(kind)'")
    }
    race = try Trace.readRace(from: reader)
    try reader.checkDigest()
  }

  /// The race, if there was one.
  private static func readRace(
    from reader: borrowing HDF5Reader
  ) throws(TraceError) -> RaceHistory? {
    guard try reader.has("race", in: "/") else { return nil }
    guard let metric = try reader.text(attribute: "metric", of: "/race") else {
      throw .missingObject(file: reader.path, object: "/race/@metric")
    }
    let history = RaceHistory(
      arms: try reader.rows(of: RaceHistory.Arm.table),
      trainings: try reader.rows(of: RaceHistory.Training.table), metric: metric)
    guard let history else {
      throw reader.malformed(
        "/race", expected: "trainings of its functions", found: "other numbers")
    }
    return history
  }

  private static func readCandidates(
    from reader: borrowing HDF5Reader
  ) throws(TraceError) -> CandidateHistory {
    let table = CandidateHistory.Row.table
    let rows = try reader.rows(of: table)
    guard let metric = try reader.text(attribute: "metric", of: "/\(table.group)") else {
      throw .missingObject(file: reader.path, object: "/\(table.group)/@metric")
    }
    let bounds = metricBounds(metric)
    for (place, row) in rows.enumerated() {
      if row.number != place {
        throw reader.malformed(
          "/\(table.group)/candidate", expected: "numbers from 0 on", found: "\(row.number)")
      }
      if let value = row.value, !bounds.contains(value) {
        throw reader.malformed("/\(table.group)/value", expected: bounds.words, found: "\(value)")
      }
      if row.loss?.isFinite == false {
        throw reader.malformed("/\(table.group)/loss", expected: "finite numbers", found: "inf")
      }
    }
    return CandidateHistory(rows: rows, metric: metric)
  }

  private static func readHeader(from reader: borrowing HDF5Reader) throws(TraceError) -> Header {
    let schema = try reader.text(attribute: "schema", of: "/")
    guard schema == TraceFile.schema else {
      throw .notATrace(file: reader.path, schema: schema)
    }
    let version = try reader.numbers(
      attribute: "schema_version", of: "/", shape: [], as: UInt64.self)[0]
    guard TraceFile.readableVersions.contains(version) else {
      throw .otherVersion(file: reader.path, found: version, expected: TraceFile.version)
    }
    var header = Header(
      seed: try reader.numbers(attribute: "seed", of: "/", shape: [], as: UInt64.self)[0])
    for column in Header.texts {
      guard case .text(_, let set) = column.cells else { continue }
      guard let text = try reader.text(attribute: column.name, of: "/") else {
        if column.isOptional {
          // Version 2 knew ReLU alone.
          _ = set(&header, "relu")
          continue
        }
        throw .missingObject(file: reader.path, object: "/@\(column.name)")
      }
      guard set(&header, text) else {
        throw reader.malformed("/@\(column.name)", expected: "a known label", found: "'\(text)'")
      }
    }
    return header
  }
}
