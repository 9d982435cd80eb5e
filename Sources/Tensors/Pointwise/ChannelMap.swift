import CKernels

/// A factor and a shift for every channel, applied in one pass with the function that follows.
///
/// `function(factor · input + shift + shortcut)`: map, sum and function are one pass over memory
/// each way, stretch by stretch in the cache, and neither the map nor the sum is kept for the
/// gradient, which computes them anew.
public struct ChannelMap: Sendable {
  /// What the input is multiplied by, and what is then added: `[channels]`.
  let factors: [Float]
  let shifts: [Float]
  /// By which the input is standardized, x̂ = (x − mean) · inverse, where the map does that.
  let standardization: (mean: [Float], inverse: [Float])?
  /// What a bias takes its sums against.
  let zeros: [Float]

  /// A bias alone.
  ///
  /// - Parameter bias: `[channels]`.
  public init(adding bias: Tensor<Float>) {
    shifts = bias.scalars
    factors = [Float](repeating: 1, count: bias.count)
    standardization = nil
    zeros = [Float](repeating: 0, count: bias.count)
  }

  /// Standardizes the input by statistics, then scales and shifts it:
  /// `scale · (input − mean) / √(variance + ε) + offset`.
  ///
  /// - Parameters:
  ///   - statistics: Mean and variance of every channel.
  ///   - epsilon: ε.
  ///   - scale: `[channels]`.
  ///   - offset: `[channels]`.
  public init(
    standardizingBy statistics: ChannelStatistics, epsilon: Float, scale: Tensor<Float>,
    offset: Tensor<Float>
  ) {
    let mean = statistics.mean.scalars
    let inverse = statistics.variance.scalars.map { 1 / ($0 + epsilon).squareRoot() }
    let factors = zip(scale.scalars, inverse).map { $0 * $1 }
    self.factors = factors
    shifts = zip(offset.scalars, zip(mean, factors)).map { $0 - $1.0 * $1.1 }
    standardization = (mean, inverse)
    zeros = []
  }

  var columns: Int { factors.count }

  /// The rows of each piece of the work.
  func pieces(of rows: Int) -> Pieces {
    Pieces(of: rows, smallest: max(1, (1 << 13) / max(1, columns)))
  }

  /// Applies the map, then a function.
  ///
  /// - Parameters:
  ///   - input: `[…, channels]`.
  ///   - shortcut: Added before the function; of the shape of `input`.
  ///   - function: The function.
  ///   - device: The threads to compute on.
  /// - Returns: The shape of `input`.
  public func output(
    _ input: Tensor<Float>, adding shortcut: Tensor<Float>?, then function: any PointwiseFunction,
    on device: Device
  ) -> Tensor<Float> {
    check(input, shortcut)
    let pieces = pieces(of: input.shape.rows)
    return Tensor(input.shape) { output in
      withPointers(input, shortcut ?? input) { input, other in
        device.forEach(pieces.count) { piece in
          forEachStretch(of: pieces[piece], elements: 1 << 11) { start, rows in
            map(
              input + start, shortcut == nil ? nil : other + start, rows: rows,
              into: output + start)
            function.evaluate(output + start, count: rows * columns, into: output + start)
          }
        }
      }
    }
  }

  func check(_ input: Tensor<Float>, _ shortcut: Tensor<Float>?) {
    precondition(
      input.shape.columns == columns && shortcut?.shape ?? input.shape == input.shape,
      "ChannelMap: \(columns) channels for \(input.shape), shortcut "
        + "\(String(describing: shortcut?.shape))")
  }

  /// Calls `body` with stretches of some rows: the offset of the first element, and the rows.
  func forEachStretch(
    of range: Range<Int>, elements: Int, _ body: (_ start: Int, _ rows: Int) -> Void
  ) {
    let step = max(1, elements / max(1, columns))
    for row in stride(from: range.lowerBound, to: range.upperBound, by: step) {
      body(row * columns, min(step, range.upperBound - row))
    }
  }

  /// Computes a stretch of the map and the sum.
  func map(
    _ input: UnsafePointer<Float>, _ shortcut: UnsafePointer<Float>?, rows: Int,
    into result: UnsafeMutablePointer<Float>
  ) {
    if let shortcut {
      grafs_scale_shift_add(input, shortcut, rows, columns, factors, shifts, result)
    } else {
      grafs_scale_shift(input, rows, columns, factors, shifts, result)
    }
  }
}
