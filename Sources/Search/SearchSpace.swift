import Activations

/// What a search chooses from: the slots of a cell, and the operations offered to each.
public struct SearchSpace: Sendable, Hashable {
  /// How the slots are connected.
  public let graph: CellGraph
  /// For each slot of the graph its operations, in the order that decides ties.
  public let operations: [[ElementaryOperation]]

  /// Two core units with 23 unary and 9 binary operations (Strack et al., 2024).
  public static let grafs = SearchSpace(graph: .twoCoreUnits, operations: .grafs)

  /// Makes a space whose slots of the same arity have the same operations.
  ///
  /// - Parameters:
  ///   - graph: How the slots are connected.
  ///   - operations: The operations of all slots.
  /// - Precondition: There is an operation for every slot.
  public init(graph: CellGraph, operations: OperationSet) {
    let offered = graph.slots.map { operations.operations(of: $0.arity) }
    for (slot, choice) in zip(graph.slots, offered) {
      precondition(
        !choice.isEmpty, "\(SearchSpaceError.noOperation(slot: slot.name, arity: slot.arity))")
    }
    self.graph = graph
    self.operations = offered
  }

  /// Makes a space in which each slot has its own operations.
  ///
  /// - Parameters:
  ///   - graph: How the slots are connected.
  ///   - operations: For each slot of the graph, in its order, at least one operation, each once.
  /// - Throws: `SearchSpaceError`, which names the slot at fault.
  /// - Precondition: There are as many lists as slots.
  public init(graph: CellGraph, operations: [[ElementaryOperation]]) throws(SearchSpaceError) {
    precondition(
      operations.count == graph.slots.count,
      "SearchSpace: \(operations.count) lists for \(graph.slots.count) slots")
    for (slot, choice) in zip(graph.slots, operations) {
      guard !choice.isEmpty else { throw .noOperation(slot: slot.name, arity: slot.arity) }
      if let misfit = choice.first(where: { $0.arity != slot.arity }) {
        throw .wrongArity(slot: slot.name, expected: slot.arity, operation: misfit.name)
      }
      var names: Set<String> = []
      for operation in choice where !names.insert(operation.name).inserted {
        throw .operations(
          slot: slot.name, OperationSetError.repeatedOperation(name: operation.name))
      }
    }
    self.graph = graph
    self.operations = operations
  }

  /// The number of functions to choose from, as cells are written, scalars aside.
  public var memberCount: Double {
    operations.reduce(1) { $0 * Double($1.count) }
  }
}
