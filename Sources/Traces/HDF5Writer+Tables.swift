extension HDF5Writer {
  /// Writes a table: a group with one dataset `[rows]` per column.
  func write<Row>(_ rows: [Row], as table: Table<Row>) throws(HDF5Error) {
    let group = "/\(table.group)"
    let scale = "\(group)/\(table.columns[0].name)"
    try makeGroup(
      group, signals: table.signal.map { [$0] } ?? [], axes: [table.columns[0].name])
    for column in table.columns {
      let path = "\(group)/\(column.name)"
      let shape = [rows.count]
      switch column.cells {
      case .int64(let cell):
        try write(rows.map { Int64($0[keyPath: cell]) }, path, shape: shape)
      case .float32(let cell):
        try write(rows.map { $0[keyPath: cell] }, path, shape: shape)
      case .float64(let cell):
        try write(rows.map { $0[keyPath: cell] }, path, shape: shape)
      case .text(let get, _):
        try write(rows.map(get), path)
      }
      if let units = column.units { try set("units", of: path, to: units) }
      if path == scale {
        try makeScale(path, name: column.name)
      } else {
        try attach(scales: [scale], to: path)
      }
    }
  }

  /// Makes a group that viewers plot by themselves, by the NeXus convention: the first signal over
  /// the axes, the other signals along with it. Without a signal it is a plain collection.
  func makeGroup(
    _ path: String, signals: [String], axes: [String]
  ) throws(HDF5Error) {
    try makeGroup(path)
    guard let signal = signals.first else {
      return try set("NX_class", of: path, to: "NXcollection")
    }
    try set("NX_class", of: path, to: "NXdata")
    try set("signal", of: path, to: signal)
    if signals.count > 1 {
      try set("auxiliary_signals", of: path, to: Array(signals.dropFirst()))
    }
    try set("axes", of: path, to: axes)
  }
}
