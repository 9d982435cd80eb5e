/// How what happened in a relaxed search becomes groups of an HDF5 file.
extension Trajectory {
  /// Writes all groups.
  func write(to writer: borrowing HDF5Writer) throws(HDF5Error) {
    try writer.write(steps.elements, as: Step.table)
    try writeSlots(to: writer)
    try writer.write(drops, as: Drop.table)
    try writer.write(genotypes, as: Genotype.table(slots: slots))
    try writer.write(epochs, as: Epoch.table)
    if !plugged.isEmpty { try writer.write(plugged, as: Plugged.table) }
    try writeCurve(to: writer)
  }

  /// Writes what the slots are and what they held at every step.
  fileprivate func writeSlots(to writer: borrowing HDF5Writer) throws(HDF5Error) {
    let rows = steps.count
    try writer.write(slots.map(\.name), "/slots")
    try writer.makeGroup("/operations", signals: [], axes: [])
    for slot in slots {
      let path = "/operations/\(slot.scale)"
      try writer.write(slot.operations, path)
      try writer.makeScale(path, name: slot.scale)
      try writer.set(
        "learnable", of: path,
        to: slot.scalarCounts.map { UInt8(clamping: $0) })
    }
    for group in Trajectory.SlotHistory.matrices.map(\.name) + ["mask"] {
      try writer.makeGroup(
        "/\(group)", signals: slots.prefix(1).map(\.name), axes: ["step", "."])
      try writer.link("/\(group)/step", to: "/steps/step")
      for slot in slots {
        try writer.link("/\(group)/\(slot.scale)", to: "/operations/\(slot.scale)")
      }
    }
    for history in histories {
      let name = history.slot.name
      let shape = [rows, history.slot.operations.count]
      let scales = ["/steps/step", "/operations/\(history.slot.scale)"]
      for (group, path) in Trajectory.SlotHistory.matrices {
        try writer.write(history[keyPath: path].elements, "/\(group)/\(name)", shape: shape)
        try writer.attach(scales: scales, to: "/\(group)/\(name)")
      }
      let mask = history.mask.elements.map { $0 ? UInt8(1) : 0 }
      try writer.write(mask, "/mask/\(name)", shape: shape)
      try writer.attach(scales: scales, to: "/mask/\(name)")
      try writeScalars(of: history, to: writer)
    }
  }

  private func writeScalars(
    of history: Trajectory.SlotHistory, to writer: borrowing HDF5Writer
  ) throws(HDF5Error) {
    let group = "/beta/\(history.slot.name)"
    try writer.makeGroup(group, signals: history.slot.learnable, axes: ["step"])
    try writer.link("\(group)/step", to: "/steps/step")
    for (operation, values) in zip(history.slot.learnable, history.scalars) {
      try writer.write(values.elements, "\(group)/\(operation)", shape: [values.count])
      try writer.attach(scales: ["/steps/step"], to: "\(group)/\(operation)")
    }
  }

  private func writeCurve(to writer: borrowing HDF5Writer) throws(HDF5Error) {
    try writer.write(curve.functions, "/functions")
    try writer.makeGroup("/curve", signals: curve.functions, axes: ["epoch", "x"])
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
}
