import Activations
import Autodiff
import Networks
import Tensors
import Training

extension Architecture {
  /// The architecture in a computation: the relaxed cells, and the variables they were made from.
  struct Pass {
    let cells: [RelaxedCell]
    /// For each cell the channels of its sites, if it has a sample for each of them.
    let channels: [[Int]?]
    /// α of every slot, then the scalars of every slot.
    let variables: [Variable<Double>]
  }

  /// Makes mixture weights and puts the cells on a tape.
  ///
  /// - Parameters:
  ///   - tape: The tape of the pass.
  ///   - limits: How operations are bounded.
  ///   - differentiates: Whether gradients by the architecture are wanted.
  ///   - mixtureWeights: Makes mixture weights `[samples, operations alive]` of α of the operations
  ///     alive in one slot of the cell given.
  /// - Returns: The cells and their variables.
  func pass(
    on tape: Tape, limits: Limits, differentiates: Bool,
    mixtureWeights: (_ alpha: Variable<Double>, _ cell: Int) -> Variable<Double>
  ) -> Pass {
    let leaf: (Tensor<Double>) -> Variable<Double> =
      differentiates ? { tape.parameter($0) } : { tape.constant($0) }
    let weights = slots.map { leaf($0.weights) }
    let scalars = slots.map { leaf($0.scalars) }
    let channels = cells.indices.map(channelsWithScalars(ofCell:))
    let relaxed = slots.enumerated().map { index, slot in
      let mixture = mixtureWeights(weights[index].gathering(slot.alive), slot.cell)
      let scalars = scalars[index].gathering(slot.columnsAlive)
      return RelaxedCell.Slot(
        operations: slot.alive.map { slot.operations[$0] },
        weights: channels[slot.cell].map { spreading(mixture, over: $0) } ?? mixture,
        scalars: channels[slot.cell] == nil && scalars.shape.rank == 2
          ? scalars.row(0) : scalars)
    }
    let size = graph.slots.count
    return Pass(
      cells: cells.indices.map { cell in
        RelaxedCell(
          graph: graph, slots: Array(relaxed[cell * size..<(cell + 1) * size]), limits: limits)
      }, channels: channels, variables: weights + scalars)
  }

  /// The channels of a cell's sites, if they have scalars of their own and an operation alive has
  /// one; otherwise all channels of a site have the same function.
  private func channelsWithScalars(ofCell cell: Int) -> [Int]? {
    let isLearnable = slots(ofCell: cell).contains { slot in
      slot.alive.contains { slot.operations[$0].isLearnable }
    }
    return isLearnable ? channels?[cell] : nil
  }

  /// Gives every channel the mixture weights of its site, or those of all sites.
  private func spreading(
    _ weights: Variable<Double>, over channels: [Int]
  ) -> Variable<Double> {
    let isForAll = weights.shape.rows == 1
    return weights.gatheringRows(
      channels.enumerated().flatMap { site, count in
        [Int](repeating: isForAll ? 0 : site, count: count)
      })
  }

  /// Moves the parameters by a step of `optimizer`.
  ///
  /// Operations that were dropped keep theirs, and so does a choice of one: they have no effect,
  /// so weight decay alone would move them.
  ///
  /// - Parameters:
  ///   - optimizer: The architecture optimizer.
  ///   - gradients: By α of every slot, then by the scalars of every slot.
  ///   - learningRate: η.
  package mutating func step(
    _ optimizer: inout Adam<Double>, gradients: [Tensor<Double>], learningRate: Double
  ) {
    var parameters = slots.map(\.weights) + slots.map(\.scalars)
    optimizer.step(&parameters, gradients: gradients, learningRate: learningRate)
    for index in slots.indices {
      let alive = slots[index].alive
      if alive.count > 1 {
        slots[index].weights.replace(columns: alive, from: parameters[index])
      }
      slots[index].scalars.replace(
        columns: slots[index].columnsAlive, from: parameters[slots.count + index])
    }
  }
}
