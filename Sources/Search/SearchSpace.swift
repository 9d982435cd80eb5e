import Activations

/// What a search chooses from: the slots of a cell, and the operations offered to them.
public struct SearchSpace: Sendable, Hashable {
  /// How the slots are connected.
  public let graph: CellGraph
  /// The operations of every slot, in the order that decides ties.
  public let operations: OperationSet

  /// Two core units with 23 unary and 9 binary operations (Strack et al., 2024).
  public static let grafs = SearchSpace(graph: .twoCoreUnits, operations: .grafs)

  /// Makes a space.
  public init(graph: CellGraph, operations: OperationSet) {
    self.graph = graph
    self.operations = operations
  }
}
