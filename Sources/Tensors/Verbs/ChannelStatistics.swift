import CKernels

/// The mean and variance of every channel over a batch.
public struct ChannelStatistics: Sendable {
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
  public init(of input: Tensor<Float>, on device: Device) {
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
    let sums = partial.sumOfRows(on: device).scalars
    let shifts = sums[..<columns].map { $0 / Double(rows) }
    mean = Tensor(zip(pivot, shifts).map { Float(Double($0) + $1) })
    variance = Tensor(
      zip(sums[columns...], shifts).map { Float(max(0, $0 / Double(rows) - $1 * $1)) })
  }
}
