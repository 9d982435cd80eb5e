import Tensors

/// Brings every channel of `input` to mean 0 and variance 1 over the batch, then scales and shifts.
///
/// Source: Ioffe and Szegedy, 2015, algorithm 1.
///
/// - Parameters:
///   - input: `[…, channels]`.
///   - scale: `[channels]`.
///   - offset: `[channels]`.
///   - epsilon: Added to the variance before its root is taken.
/// - Returns: The result, of the shape of `input`, and the batch's statistics.
public func batchNormalization(
  _ input: Variable<Float>, scale: Variable<Float>, offset: Variable<Float>, epsilon: Float
) -> (output: PreActivation, statistics: ChannelStatistics) {
  let statistics = ChannelStatistics(of: input.value, on: input.tape.device)
  var output = normalization(
    input, scale: scale, offset: offset, statistics: statistics, epsilon: epsilon)
  output.rule.isOverBatch = true
  return (output, statistics)
}

/// Normalizes `input` by given statistics, which count as constants.
///
/// - Parameters:
///   - input: `[…, channels]`.
///   - scale: `[channels]`.
///   - offset: `[channels]`.
///   - statistics: Mean and variance of every channel.
///   - epsilon: Added to the variance before its root is taken.
/// - Returns: The result, of the shape of `input`.
public func normalization(
  _ input: Variable<Float>, scale: Variable<Float>, offset: Variable<Float>,
  statistics: ChannelStatistics, epsilon: Float
) -> PreActivation {
  PreActivation(
    input: input,
    map: ChannelMap(
      standardizingBy: statistics, epsilon: epsilon, scale: scale.value, offset: offset.value),
    rule: PreActivation.Rule(parameters: [scale, offset]) { slopes in
      offset.accumulate(slopes.sums.reshaped(offset.shape))
      scale.accumulate(slopes.products.reshaped(scale.shape))
    })
}

/// Adds a bias to every channel of `input`.
///
/// - Parameters:
///   - input: `[…, channels]`.
///   - bias: `[channels]`.
/// - Returns: The sum, of the shape of `input`.
public func biasAddition(_ input: Variable<Float>, bias: Variable<Float>) -> PreActivation {
  PreActivation(
    input: input, map: ChannelMap(adding: bias.value),
    rule: PreActivation.Rule(parameters: [bias]) { slopes in
      bias.accumulate(slopes.sums.reshaped(bias.shape))
    })
}
