import CKernels
import Tensors

/// The mean and variance of every channel over a batch.
public struct ChannelStatistics {
  /// `[channels]`.
  public let mean: Tensor<Float>
  /// `[channels]`; the mean square deviation, divided by the number of rows.
  public let variance: Tensor<Float>

  /// Names statistics known from elsewhere, such as running ones.
  public init(mean: Tensor<Float>, variance: Tensor<Float>) {
    self.mean = mean
    self.variance = variance
  }

  /// Measures every channel of `input` `[…, channels]`, relative to its first row, so that
  /// channels far from zero lose no precision.
  init(of input: Tensor<Float>, on device: Device) {
    let (rows, columns) = (input.shape.rows, input.shape.columns)
    let pieces = Pieces(of: rows, smallest: max(1, (1 << 13) / max(1, columns)))
    let pivot = withPointers(input) { Array(UnsafeBufferPointer(start: $0, count: columns)) }
    let partial = Tensor<Double>([pieces.count, 2 * columns]) { partial in
      withPointers(input) { input in
        device.forEach(pieces.count) { piece in
          grafs_column_sums(
            input + pieces[piece].lowerBound * columns, pieces[piece].count, columns, pivot,
            partial + piece * 2 * columns)
        }
      }
    }
    let sums = partial.sumOfRows()
    let shifts = sums[..<columns].map { $0 / Double(rows) }
    mean = Tensor(zip(pivot, shifts).map { Float(Double($0) + $1) })
    variance = Tensor(
      zip(sums[columns...], shifts).map { Float(max(0, $0 / Double(rows) - $1 * $1)) })
  }
}

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
  let output = PreActivation(
    input: input, scale: scale, offset: offset, statistics: statistics, epsilon: epsilon,
    isOverBatch: true)
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
    input: input, scale: scale, offset: offset, statistics: statistics, epsilon: epsilon,
    isOverBatch: false)
}

extension Tensor<Double> {
  /// The sums of the columns of a matrix, added in the order of its rows.
  func sumOfRows() -> [Double] {
    var sums = [Double](repeating: 0, count: shape.columns)
    withPointers(self) { matrix in
      for row in 0..<shape.rows {
        for column in sums.indices { sums[column] += matrix[row * shape.columns + column] }
      }
    }
    return sums
  }
}
