import Autodiff
import Tensors

/// A cell whose slots hold mixtures: one relaxed activation function for each sample of weights.
public struct RelaxedCell {
  /// What one slot holds.
  public struct Slot {
    /// The operations alive.
    public let operations: [ElementaryOperation]
    /// `[samples, operations]`: the mixture weights.
    public let weights: Variable<Double>
    /// The learnable scalars, those of an operation side by side: `[scalars]`, or `[samples,
    /// scalars]` where each sample has its own.
    public let scalars: Variable<Double>

    /// Fills a slot.
    public init(
      operations: [ElementaryOperation], weights: Variable<Double>, scalars: Variable<Double>
    ) {
      self.operations = operations
      self.weights = weights
      self.scalars = scalars
    }
  }

  /// How the slots are connected.
  public let graph: CellGraph
  /// The mixtures, in the order of the graph's slots.
  public let slots: [Slot]
  /// How operations are bounded.
  public let limits: Limits

  /// Makes a cell.
  ///
  /// - Precondition: there is one mixture for each slot, and all have the same number of samples.
  public init(graph: CellGraph, slots: [Slot], limits: Limits = .off) {
    precondition(
      slots.count == graph.slots.count && !slots.isEmpty,
      "RelaxedCell: \(slots.count) mixtures for \(graph.slots.count) slots")
    precondition(
      slots.allSatisfy { $0.weights.shape.rows == slots[0].weights.shape.rows },
      "RelaxedCell: weights of \(slots.map(\.weights.shape))")
    precondition(limits.isValid, "RelaxedCell: limits \(limits)")
    self.graph = graph
    self.slots = slots
    self.limits = limits
  }

  /// The number of weight samples, each of which makes a function.
  public var samples: Int { slots[0].weights.shape.rows }

  /// Evaluates the exact functions.
  ///
  /// - Parameter points: `[1, points]`, or `[samples, points]` where each function has its own.
  /// - Returns: `[samples, points]`.
  public func callAsFunction(_ points: Variable<Double>) -> Variable<Double> {
    let outputs = outputs(points)
    return outputs[outputs.count - 1]
  }

  /// The mixtures of all slots, `[samples, points]` each.
  package func outputs(_ points: Variable<Double>) -> [Variable<Double>] {
    var outputs: [Variable<Double>] = []
    for (slot, operands) in zip(slots, graph.operands) {
      outputs.append(
        mixture(
          of: slot.operations, at: arguments(operands, points, outputs), weights: slot.weights,
          scalars: slot.scalars, limits: limits))
    }
    return outputs
  }

  /// The slopes of the functions, with the derivatives of operations clipped to their limit.
  ///
  /// - Parameters:
  ///   - points: As they were evaluated.
  ///   - outputs: What `outputs` made of them.
  /// - Returns: `[samples, points]`.
  package func slopes(
    at points: Variable<Double>, _ outputs: [Variable<Double>]
  ) -> Tensor<Double> {
    let ones = Tensor<Double>(repeating: 1, points.shape)
    var slopes: [Tensor<Double>] = []
    for (slot, operands) in zip(slots, graph.operands) {
      slopes.append(
        mixtureSlopes(
          of: slot.operations, at: arguments(operands, points, outputs),
          slopes: arguments(operands, ones, slopes), weights: slot.weights, scalars: slot.scalars,
          limits: limits))
    }
    return slopes[slopes.count - 1]
  }

  private func arguments<Argument>(
    _ operands: [CellGraph.Operand], _ points: Argument, _ outputs: [Argument]
  ) -> [Argument] {
    operands.map { operand in
      switch operand {
      case .input: points
      case .slot(let index): outputs[index]
      }
    }
  }

  /// The cell with one sample of its weights only; `index` says which, from 0.
  public func sample(_ index: Int) -> RelaxedCell { samples(index..<index + 1) }

  /// The cell with some samples of its weights only; `range` says which, from 0.
  public func samples(_ range: Range<Int>) -> RelaxedCell {
    let some = slots.map { slot in
      Slot(
        operations: slot.operations, weights: slot.weights.rows(range),
        scalars: slot.scalars.shape.rank == 1 ? slot.scalars : slot.scalars.rows(range))
    }
    return RelaxedCell(graph: graph, slots: some, limits: limits)
  }
}
