import Activations
import Autodiff
import Tensors

/// The architecture parameters of one cell or several, and which operations are still alive.
///
/// Several cells have the same graph; the slots of all stand in one list. A value of its own, apart
/// from the network's weights: a pass differentiates by the one or by the other, never by both.
public struct Architecture: Sendable {
  /// The parameters of one slot.
  public struct Slot: Sendable {
    /// The slot's name: that in the graph, such as `u0`, after the cell's name if there is more
    /// than one, such as `stage1_u0`.
    public let name: String
    /// The index of its cell.
    public let cell: Int
    /// All operations offered, in the order that decides ties.
    public let operations: [ElementaryOperation]
    /// α, `[operations]`; those of dropped operations stay where they were.
    public package(set) var weights: Tensor<Double>
    /// The learnable scalars, those of an operation side by side: `[scalars]`, or `[channels,
    /// scalars]` with a row for every channel of the cell's sites.
    public package(set) var scalars: Tensor<Double>
    /// The indices of the operations alive, in their order.
    public package(set) var alive: [Int]
    /// Sums of expected mixture weights, `[operations]`, by which the strongest operation is
    /// chosen; nil to choose by α.
    package var weightSums: [Double]?

    /// For each operation the columns of its scalars.
    var scalarColumns: [Range<Int>] {
      var end = 0
      return operations.map { operation in
        defer { end += operation.scalars.count }
        return end..<end + operation.scalars.count
      }
    }

    /// The columns of the scalars of operations alive.
    var columnsAlive: [Int] {
      let columns = scalarColumns
      return alive.flatMap { columns[$0] }
    }

    /// The learnable scalars as they are handed on, `[scalars]`: the mean over the channels, where
    /// each has its own.
    public var meanScalars: [Double] {
      let (rows, columns) = (scalars.shape.rows, scalars.shape.columns)
      let scalars = scalars.scalars
      guard rows > 1 else { return scalars }
      return (0..<columns).map { column in
        (0..<rows).reduce(0) { $0 + scalars[$1 * columns + column] } / Double(rows)
      }
    }

    /// The same of one operation.
    ///
    /// - Parameter operation: Its index among those offered.
    /// - Returns: As many as it has.
    public func meanScalars(of operation: Int) -> [Double] {
      Array(meanScalars[scalarColumns[operation]])
    }

    /// The index of the strongest operation alive, the first on ties: that with the largest α, or
    /// with the largest mean weight where those are summed.
    public var strongest: Int {
      let weights = weightSums ?? weights.scalars
      return alive.dropFirst().reduce(alive[0]) { weights[$1] > weights[$0] ? $1 : $0 }
    }

    /// The index of the weakest operation alive, the first on ties: that with the smallest α, or
    /// with the smallest mean weight where those are summed.
    var weakest: Int { weakest(1)[0] }

    /// The indices of the weakest operations alive, the weakest first.
    func weakest(_ count: Int) -> [Int] {
      let weights = weightSums ?? weights.scalars
      return Array(
        alive.sorted { (weights[$0], $0) < (weights[$1], $1) }.prefix(count))
    }
  }

  /// How the slots of a cell are connected.
  public let graph: CellGraph
  /// The cells' names; empty for the only one.
  public let cells: [String]
  /// For each cell the channels of its activation sites, where every channel has scalars of its
  /// own; nil where a cell's are shared.
  public let channels: [[Int]]?
  /// The slots, cell by cell in the graph's order.
  public package(set) var slots: [Slot]

  /// Makes the parameters of a search that has not begun: α as the relaxation starts, scalars drawn
  /// from their operations' distributions (Strack et al., 2024), for every channel on its own if
  /// each has its own. α does not depend on that.
  ///
  /// - Parameters:
  ///   - graph: How the slots are connected.
  ///   - operations: For each slot of the graph its operations, as `SearchSpace` has them.
  ///   - cells: The cells' names.
  ///   - channels: For each cell the channels of its activation sites, which then have scalars of
  ///     their own; nil for shared scalars.
  ///   - relaxation: How architecture weights become mixture weights.
  ///   - stream: The random numbers of the initialization.
  public init(
    graph: CellGraph, operations: [[ElementaryOperation]], cells: [String] = [""],
    channels: [[Int]]? = nil, relaxation: some Relaxation = DirichletRelaxation(),
    stream: inout RandomStream
  ) {
    precondition(
      channels?.count ?? cells.count == cells.count,
      "Architecture: channels of \(channels?.count ?? 0) cells for \(cells)")
    self.graph = graph
    self.cells = cells
    self.channels = channels
    slots = []
    for (cell, name) in cells.enumerated() {
      for (slot, offered) in zip(graph.slots, operations) {
        let weights = offered.map { _ in relaxation.initialWeight(from: &stream) }
        let scalars = Self.initialScalars(of: offered, from: &stream)
        slots.append(
          Slot(
            name: name.isEmpty ? slot.name : "\(name)_\(slot.name)", cell: cell,
            operations: offered, weights: Tensor(weights), scalars: Tensor(scalars),
            alive: Array(offered.indices)))
      }
    }
    guard let channels else { return }
    for index in slots.indices {
      let operations = slots[index].operations
      let rows = channels[slots[index].cell].reduce(0, +)
      let scalars = (0..<rows).flatMap { _ in Self.initialScalars(of: operations, from: &stream) }
      slots[index].scalars = Tensor(scalars, [rows, scalars.count / max(1, rows)])
    }
  }

  private static func initialScalars(
    of operations: [ElementaryOperation], from stream: inout RandomStream
  ) -> [Double] {
    operations.flatMap { $0.scalars.map { $0.start.draw(from: &stream) } }
  }

  /// Makes the parameters of a search whose slots of the same arity have the same operations.
  ///
  /// - Parameters:
  ///   - graph: How the slots are connected.
  ///   - operations: The operations of all slots.
  ///   - cells: The cells' names.
  ///   - relaxation: How architecture weights become mixture weights.
  ///   - stream: The random numbers of the initialization.
  public init(
    graph: CellGraph, operations: OperationSet, cells: [String] = [""],
    relaxation: some Relaxation = DirichletRelaxation(), stream: inout RandomStream
  ) {
    self.init(
      graph: graph, operations: SearchSpace(graph: graph, operations: operations).operations,
      cells: cells, relaxation: relaxation, stream: &stream)
  }

  /// The slots of a cell, in the graph's order.
  public func slots(ofCell cell: Int) -> ArraySlice<Slot> {
    slots[cell * graph.slots.count..<(cell + 1) * graph.slots.count]
  }

  /// Begins to sum expected mixture weights, which from now on decide which operation is the
  /// strongest.
  package mutating func beginWeightSums() {
    for index in slots.indices {
      slots[index].weightSums = [Double](repeating: 0, count: slots[index].operations.count)
    }
  }

  /// Adds the expected mixture weights of the operations alive, where they are summed.
  package mutating func sumWeights(of relaxation: some Relaxation) {
    for (index, slot) in slots.enumerated() where slot.weightSums != nil {
      let alpha = slot.weights.scalars
      let means = relaxation.meanWeights(slot.alive.map { alpha[$0] })
      for (operation, mean) in zip(slot.alive, means) {
        slots[index].weightSums?[operation] += mean
      }
    }
  }

  /// The number of operations alive in all slots.
  public var operationsAlive: Int { slots.reduce(0) { $0 + $1.alive.count } }

  /// Whether every slot holds a single operation.
  public var isDiscrete: Bool { slots.allSatisfy { $0.alive.count == 1 } }

  /// Whether a gradient can still change anything: a choice is open, or an operation alive has a
  /// learnable scalar.
  public var isTrainable: Bool {
    !isDiscrete || slots.contains { $0.operations[$0.alive[0]].isLearnable }
  }

  /// An operation that was dropped.
  public struct Drop: Sendable, Hashable {
    /// The slot's name.
    public let slot: String
    /// The operation's name.
    public let operation: String
    /// Its α when it was dropped.
    public let weight: Double
  }

  /// The slot with the most operations alive, the first on ties; nil if every slot holds one.
  var fullestSlot: Int? {
    guard !isDiscrete else { return nil }
    return slots.indices.dropFirst().reduce(0) {
      slots[$1].alive.count > slots[$0].alive.count ? $1 : $0
    }
  }

  /// Drops the weakest operation of the slot with the most alive, the first on ties.
  ///
  /// - Returns: What was dropped; nil if every slot holds a single operation.
  public mutating func dropWeakest() -> Drop? {
    fullestSlot.map { drop(slots[$0].weakest, fromSlot: $0) }
  }

  /// Drops an operation that is not the last one alive.
  ///
  /// - Parameters:
  ///   - operation: Its index among those offered.
  ///   - slot: The slot's index.
  /// - Returns: What was dropped.
  mutating func drop(_ operation: Int, fromSlot slot: Int) -> Drop {
    slots[slot].alive.removeAll { $0 == operation }
    return Drop(
      slot: slots[slot].name, operation: slots[slot].operations[operation].name,
      weight: slots[slot].weights.scalars[operation])
  }

  /// The strongest operation of every slot of a cell, with its scalar, or the mean over the
  /// channels.
  ///
  /// - Parameter cell: The cell's index.
  /// - Returns: Genes by the graph's names of the slots.
  /// - Throws: `GenotypeError` if a learnable scalar is not finite.
  public func genotype(ofCell cell: Int = 0) throws -> Genotype {
    try Genotype(
      genes: zip(graph.slots, slots(ofCell: cell)).map { place, slot in
        let operation = slot.operations[slot.strongest]
        return try Genotype.Gene(
          slot: place.name, operation: operation,
          scalars: slot.meanScalars(of: slot.strongest))
      })
  }

  /// The function of the strongest operations of a cell.
  ///
  /// - Parameter cell: The cell's index.
  /// - Returns: The function, every slot kept.
  /// - Throws: `GenotypeError` if a learnable scalar is not finite.
  public func expression(ofCell cell: Int = 0) throws -> ActivationExpression {
    try ActivationExpression(genotype(ofCell: cell), graph: graph)
  }

  /// The functions of the strongest operations of all cells.
  ///
  /// - Parameter limits: How operations are bounded.
  /// - Returns: The functions, every slot kept.
  /// - Throws: `GenotypeError` if a learnable scalar is not finite.
  public func function(within limits: Limits) throws -> PlacedFunction {
    PlacedFunction(
      cells: try cells.enumerated().map { index, name in
        PlacedFunction.Cell(name: name, expression: try expression(ofCell: index))
      }, limits: limits)
  }
}
