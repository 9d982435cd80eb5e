import Activations
import Autodiff
import Networks
import Tensors

extension Architecture {
  /// The architecture in a computation: the relaxed cell, and the variables it was made from.
  struct Pass {
    let cell: RelaxedCell
    /// α of every slot, then the scalars of every slot.
    let variables: [Variable<Double>]
  }

  /// Draws mixture weights and puts the cell on a tape.
  ///
  /// - Parameters:
  ///   - tape: The tape of the pass.
  ///   - relaxation: How architecture weights become mixture weights.
  ///   - samples: The number of functions drawn, such as one for every activation site.
  ///   - bound: ℓ of the operations' outputs.
  ///   - differentiates: Whether gradients by the architecture are wanted.
  ///   - stream: The random numbers of this pass.
  /// - Returns: The cell and what it was made from.
  func pass(
    on tape: Tape, relaxation: some Relaxation, samples: Int, bound: Double,
    differentiates: Bool, stream: inout RandomStream
  ) -> Pass {
    let leaf: (Tensor<Double>) -> Variable<Double> =
      differentiates ? { tape.parameter($0) } : { tape.constant($0) }
    let weights = slots.map { leaf($0.weights) }
    let scalars = slots.map { leaf($0.scalars) }
    var cells: [RelaxedCell.Slot] = []
    for (index, slot) in slots.enumerated() {
      let drawn = relaxation.weights(
        gathering(weights[index], at: slot.alive), samples: samples, stream: &stream)
      cells.append(
        RelaxedCell.Slot(
          operations: slot.alive.map { slot.operations[$0] }, weights: drawn,
          scalars: gathering(scalars[index], at: slot.alive)))
    }
    return Pass(
      cell: RelaxedCell(graph: graph, slots: cells, bound: bound), variables: weights + scalars)
  }

  /// The cell with expected mixture weights, as constants of a tape.
  ///
  /// - Parameters:
  ///   - tape: The tape of the pass.
  ///   - relaxation: How architecture weights become mixture weights.
  ///   - bound: ℓ of the operations' outputs.
  /// - Returns: A cell with one sample.
  func meanCell(on tape: Tape, relaxation: some Relaxation, bound: Double) -> RelaxedCell {
    let cells = slots.map { slot in
      let weights = slot.weights.scalars
      let mean = relaxation.meanWeights(slot.alive.map { weights[$0] })
      let scalars = slot.scalars.scalars
      return RelaxedCell.Slot(
        operations: slot.alive.map { slot.operations[$0] },
        weights: tape.constant(Tensor(mean, [1, mean.count])),
        scalars: tape.constant(Tensor(slot.alive.map { scalars[$0] })))
    }
    return RelaxedCell(graph: graph, slots: cells, bound: bound)
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
        slots[index].weights.replace(at: alive, from: parameters[index])
      }
      slots[index].scalars.replace(at: alive, from: parameters[slots.count + index])
    }
  }
}

extension Tensor<Double> {
  /// Takes over the elements of `other` at the indices given.
  fileprivate mutating func replace(at indices: [Int], from other: Tensor) {
    let replacements = other.scalars
    withMutablePointer { elements in
      for index in indices { elements[index] = replacements[index] }
    }
  }
}
