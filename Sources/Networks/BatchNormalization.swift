import Autodiff
import Tensors

/// Normalization of every channel over the batch, with a trained scale and offset.
///
/// Source: Ioffe and Szegedy, 2015. Running statistics follow PyTorch: they move by a tenth of
/// the way at every training pass, and the variance is the unbiased one.
public struct BatchNormalization: Parameterized {
  /// `[channels]`, initially 1.
  public var scale: Parameter
  /// `[channels]`, initially 0.
  public var offset: Parameter
  /// `[channels]`, initially 0.
  public var runningMean: Parameter
  /// `[channels]`, initially 1.
  public var runningVariance: Parameter

  /// How far the running statistics move towards those of a batch.
  public static let momentum: Float = 0.1
  /// Added to the variance before its root is taken.
  public static let epsilon: Float = 1e-5

  /// Makes a normalization of `channels` channels.
  public init(channels: Int) {
    scale = Parameter(Tensor(repeating: 1, [channels]), role: .gain)
    offset = Parameter(Tensor(zeros: [channels]), role: .gain)
    runningMean = Parameter(Tensor(zeros: [channels]), role: .statistic)
    runningVariance = Parameter(Tensor(repeating: 1, [channels]), role: .statistic)
  }

  /// Normalizes `input`.
  ///
  /// - Parameters:
  ///   - input: `[…, channels]`.
  ///   - pass: Its phase says whose statistics are used, and whether the running ones move.
  /// - Returns: The shape of `input`, computed together with the activation that follows.
  public mutating func callAsFunction(
    _ input: Variable<Float>, in pass: Pass
  ) -> PreActivation {
    let scale = scale.variable(on: input.tape)
    let offset = offset.variable(on: input.tape)
    switch pass.phase {
    case .inference:
      return normalization(
        input, scale: scale, offset: offset,
        statistics: ChannelStatistics(mean: runningMean.value, variance: runningVariance.value),
        epsilon: Self.epsilon)
    case .training:
      let (output, statistics) = batchNormalization(
        input, scale: scale, offset: offset, epsilon: Self.epsilon)
      let rows = Float(input.shape.rows)
      runningMean.value.move(towards: statistics.mean, times: 1, by: Self.momentum)
      runningVariance.value.move(
        towards: statistics.variance, times: rows / max(1, rows - 1), by: Self.momentum)
      return output
    }
  }

  /// Visits scale and offset, then the running statistics.
  public mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    visit("weight", &scale)
    visit("bias", &offset)
    visit("running_mean", &runningMean)
    visit("running_var", &runningVariance)
  }
}
