import Tensors

/// A feature map to whose channels a factor and a shift are still to be applied, perhaps with a
/// shortcut added, on its way to an activation: known but not yet computed.
///
/// Map, sum and activation are then one pass over memory each way; see `ChannelMap`.
public struct PreActivation {
  let input: Variable<Float>
  let map: ChannelMap
  var rule: Rule
  var shortcut: Variable<Float>?

  /// How the gradients are made of that by the map.
  struct Rule {
    /// The variables from which factors and shifts were made.
    let parameters: [any AnyVariable]
    /// Accumulates their gradients.
    let pullBack: (ChannelMap.Slopes) -> Void
    /// Whether the map standardizes by the statistics of its input, so that the gradient passes
    /// through them.
    var isOverBatch = false
  }

  /// The same with a shortcut added.
  ///
  /// - Parameter shortcut: Of the shape of the map.
  /// - Returns: The sum, not yet computed.
  /// - Precondition: none has been added before.
  public func adding(_ shortcut: Variable<Float>) -> PreActivation {
    precondition(
      self.shortcut == nil && shortcut.shape == input.shape,
      "adding: \(shortcut.shape) to \(input.shape)")
    var sum = self
    sum.shortcut = shortcut
    return sum
  }

  /// The map itself.
  public func materialized() -> Variable<Float> { applying(.identity) }

  /// Applies a function to every element of the map.
  ///
  /// - Parameter operation: The activation function.
  /// - Returns: The shape of the map.
  public func applying(_ operation: PointwiseOperation) -> Variable<Float> {
    let device = input.tape.device
    let output = map.output(
      input.value, adding: shortcut?.value, then: operation.function, on: device)
    let parents: [any AnyVariable] =
      [input] + rule.parameters + (shortcut.map { [$0] } ?? []) + operation.parameters
    return input.tape.record(output, from: parents) { gradient in
      let withSums = operation.needsSums
      let slopes = map.slopes(
        input.value, adding: shortcut?.value, times: gradient, of: operation.function,
        withSums: withSums, on: device)
      if withSums { operation.pullBack(slopes.functionSums) }
      shortcut?.accumulate(slopes.tensor)
      rule.pullBack(slopes)
      input.accumulate(
        lazy: map.inputGradient(
          input.value, slopes, isOverBatch: rule.isOverBatch, on: device))
    }
  }
}
