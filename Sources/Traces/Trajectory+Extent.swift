import Files

/// Beginnings and continuations of a trajectory: what happened up to some point, and after it.
extension Trajectory {
  /// How far a trajectory goes: the number of rows of each of its tables.
  public struct Extent: Sendable, Hashable {
    /// Steps, and rows of what each slot held.
    public var steps = 0
    /// Operations dropped.
    public var drops = 0
    /// Strongest functions, and rows of their curve.
    public var genotypes = 0
    /// Summaries of epochs.
    public var epochs = 0
    /// Functions plugged in at the end.
    public var plugged = 0

    /// That of an empty trajectory.
    public init() {}

    /// All counts, by name.
    package static let counts: [(name: String, path: WritableKeyPath<Extent, Int> & Sendable)] = [
      ("steps", \.steps), ("drops", \.drops), ("genotypes", \.genotypes), ("epochs", \.epochs),
      ("plugged", \.plugged),
    ]

    /// That of a trajectory as `code` writes it.
    package init(of checkpoint: Checkpoint) {
      let coder = StateCoder(restoring: checkpoint)
      func rows(_ group: String, _ column: String?) -> Int {
        coder.count("\(group).\(column ?? "")", saving: 0)
      }
      steps = rows(Step.table.group, Step.table.columns.first?.name)
      drops = rows(Drop.table.group, Drop.table.columns.first?.name)
      let genotype = Genotype.table(slots: [])
      genotypes = rows(genotype.group, genotype.columns.first?.name)
      epochs = rows(Epoch.table.group, Epoch.table.columns.first?.name)
      plugged = rows(Plugged.table.group, Plugged.table.columns.first?.name)
    }

    /// Goes further by another one.
    package mutating func add(_ other: Extent) {
      for (_, path) in Self.counts { self[keyPath: path] += other[keyPath: path] }
    }
  }

  /// How far it goes.
  public var extent: Extent {
    var extent = Extent()
    extent.steps = steps.count
    extent.drops = drops.count
    extent.genotypes = genotypes.count
    extent.epochs = epochs.count
    extent.plugged = plugged.count
    return extent
  }

  /// The number of bytes of all numbers in the rows after some point, texts and times aside.
  ///
  /// - Parameter start: Not beyond `extent`.
  /// - Returns: Bytes.
  package func byteCount(from start: Extent) -> Int {
    let columns = slots.reduce(0) { $0 + $1.operations.count }
    let scalars = slots.reduce(0) { $0 + $1.learnable.count }
    // α, concentration and weight of 4 bytes, one of the mask; a step has about 80.
    return (steps.count - start.steps) * (13 * columns + 4 * scalars + 80)
      + (genotypes.count - start.genotypes) * 4 * curve.width
  }

  /// What happened up to some point.
  ///
  /// - Parameter end: Not beyond `extent`.
  /// - Returns: The rows before it.
  package func prefix(_ end: Extent) -> Trajectory {
    var earlier = self
    earlier.steps.removeLast(steps.count - end.steps)
    for index in slots.indices { earlier.histories[index].keep(rows: end.steps) }
    earlier.drops = Array(drops.prefix(end.drops))
    earlier.genotypes = Array(genotypes.prefix(end.genotypes))
    earlier.curve.keep(rows: end.genotypes)
    earlier.epochs = Array(epochs.prefix(end.epochs))
    earlier.plugged = Array(plugged.prefix(end.plugged))
    return earlier
  }

  /// What happened after some point, as a trajectory of its own.
  ///
  /// - Parameter start: Not beyond `extent`.
  /// - Returns: The rows from there on.
  public func rows(from start: Extent) -> Trajectory {
    if start == Extent() { return self }
    var later = Trajectory(slots: slots, functions: curve.functions, curvePoints: curve.points)
    later.steps = GrowingColumn(steps.elements(from: start.steps))
    later.histories = histories.map { $0.rows(from: start.steps) }
    later.drops = Array(drops[start.drops...])
    later.genotypes = Array(genotypes[start.genotypes...])
    later.curve.epochs = Array(curve.epochs[start.genotypes...])
    later.curve.values = Array(curve.values[(start.genotypes * curve.width)...])
    later.epochs = Array(epochs[start.epochs...])
    later.plugged = Array(plugged[start.plugged...])
    return later
  }

  /// Goes on with what happened afterwards.
  ///
  /// - Parameter later: What `rows(from:)` of a longer one gave at this one's `extent`.
  /// - Precondition: It has the same slots and functions.
  package mutating func append(contentsOf later: Trajectory) {
    precondition(
      slots == later.slots && curve.functions == later.curve.functions,
      "trajectory: \(later.slots.map(\.name)) cannot follow \(slots.map(\.name))")
    steps.append(contentsOf: later.steps.elements)
    for index in histories.indices { histories[index].append(contentsOf: later.histories[index]) }
    drops += later.drops
    genotypes += later.genotypes
    curve.epochs += later.curve.epochs
    curve.values += later.curve.values
    epochs += later.epochs
    plugged += later.plugged
  }
}

extension Trajectory.SlotHistory {
  fileprivate func rows(from first: Int) -> Trajectory.SlotHistory {
    var later = Trajectory.SlotHistory(slot)
    let width = slot.operations.count
    for (_, path) in Self.matrices {
      later[keyPath: path] = GrowingColumn(self[keyPath: path].elements(from: first * width))
    }
    later.mask = GrowingColumn(mask.elements(from: first * width))
    later.scalars = scalars.map { GrowingColumn($0.elements(from: first)) }
    later.rows = rows - first
    return later
  }

  fileprivate mutating func append(contentsOf later: Trajectory.SlotHistory) {
    for (_, path) in Self.matrices {
      self[keyPath: path].append(contentsOf: later[keyPath: path].elements)
    }
    mask.append(contentsOf: later.mask.elements)
    for index in scalars.indices {
      scalars[index].append(contentsOf: later.scalars[index].elements)
    }
    rows += later.rows
  }
}
