import Activations
import Autodiff
import Tensors

/// The architecture parameters of a cell, and which operations are still alive.
///
/// A value of its own, apart from the network's weights: a pass differentiates by the one or by
/// the other, never by both.
public struct Architecture: Sendable {
  /// The parameters of one slot.
  public struct Slot: Sendable {
    /// The slot's name in the graph.
    public let name: String
    /// All operations offered, in the order that decides ties.
    public let operations: [SlotOperation]
    /// α, `[operations]`; those of dropped operations stay where they were.
    public package(set) var weights: Tensor<Double>
    /// The learnable scalars, `[operations]`; 0 and unused for operations without one.
    public package(set) var scalars: Tensor<Double>
    /// The indices of the operations alive, in their order.
    public package(set) var alive: [Int]

    /// The index of the operation alive with the largest α, the first on ties.
    public var strongest: Int {
      let weights = weights.scalars
      return alive.dropFirst().reduce(alive[0]) { weights[$1] > weights[$0] ? $1 : $0 }
    }

    /// The index of the operation alive with the smallest α, the first on ties.
    var weakest: Int {
      let weights = weights.scalars
      return alive.dropFirst().reduce(alive[0]) { weights[$1] < weights[$0] ? $1 : $0 }
    }
  }

  /// How the slots are connected.
  public let graph: CellGraph
  /// The slots, in the graph's order.
  public package(set) var slots: [Slot]

  /// Makes the parameters of a search that has not begun: α uniform in [0, 1e−6), scalars drawn
  /// from their operations' distributions (Strack et al., 2024).
  ///
  /// - Parameters:
  ///   - graph: How the slots are connected.
  ///   - operations: The operations of every slot.
  ///   - stream: The random numbers of the initialization.
  public init(graph: CellGraph, operations: OperationSet, stream: inout RandomStream) {
    self.graph = graph
    slots = []
    for slot in graph.slots {
      let offered = operations.operations(of: slot.arity)
      let weights = offered.map { _ in 1e-6 * stream.uniform() }
      let scalars = offered.map { $0.initialScalar?.draw(from: &stream) ?? 0 }
      slots.append(
        Slot(
          name: slot.name, operations: offered, weights: Tensor(weights),
          scalars: Tensor(scalars), alive: Array(offered.indices)))
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

  /// Drops the weakest operation of the slot with the most alive, the first on ties.
  ///
  /// - Returns: What was dropped; nil if every slot holds a single operation.
  public mutating func dropWeakest() -> Drop? {
    guard !isDiscrete else { return nil }
    let fullest = slots.indices.dropFirst().reduce(0) {
      slots[$1].alive.count > slots[$0].alive.count ? $1 : $0
    }
    let weakest = slots[fullest].weakest
    slots[fullest].alive.removeAll { $0 == weakest }
    return Drop(
      slot: slots[fullest].name, operation: slots[fullest].operations[weakest].name,
      weight: slots[fullest].weights.scalars[weakest])
  }

  /// The strongest operation of every slot.
  ///
  /// - Throws: `GenotypeError` if a learnable scalar is not finite.
  public func genotype() throws -> Genotype {
    try Genotype(
      genes: slots.map { slot in
        let operation = slot.operations[slot.strongest]
        return try Genotype.Gene(
          slot: slot.name, operation: operation,
          scalar: operation.isLearnable ? slot.scalars.scalars[slot.strongest] : nil)
      })
  }

  /// The function of the strongest operations.
  ///
  /// - Throws: `GenotypeError` if a learnable scalar is not finite.
  public func expression() throws -> ActivationExpression {
    try ActivationExpression(genotype(), graph: graph)
  }
}
