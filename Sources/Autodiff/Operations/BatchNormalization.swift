import CKernels
import Tensors

/// The mean and variance of every channel over a batch.
public struct ChannelStatistics {
  /// `[channels]`.
  public let mean: Tensor<Float>
  /// `[channels]`; the mean square deviation, divided by the number of rows.
  public let variance: Tensor<Float>
}

/// Returns `input` with every channel brought to mean 0 and variance 1 over the batch, then
/// scaled and shifted.
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
) -> (output: Variable<Float>, statistics: ChannelStatistics) {
  let team = input.tape.team
  let statistics = ChannelStatistics(of: input.value, on: team)
  let (mean, variance) = (statistics.mean.scalars, statistics.variance.scalars)
  let inverse = variance.map { 1 / ($0 + epsilon).squareRoot() }
  let (scales, offsets) = (scale.value.scalars, offset.value.scalars)
  let factors = zip(scales, inverse).map { $0 * $1 }
  let shifts = mean.indices.map { offsets[$0] - mean[$0] * factors[$0] }
  let output = input.value.scaled(by: factors, shiftedBy: shifts, on: team)

  let result = input.tape.record(output, from: [input, scale, offset]) { gradient in
    let (rows, columns) = (input.shape.rows, input.shape.columns)
    let sums = columnSums(rows: rows, columns: columns, team) { start, count, sums in
      withPointers(input.value, gradient) { input, gradient in
        grafs_normalization_backward_sums(
          input + start * columns, gradient + start * columns, count, columns, mean, inverse, sums)
      }
    }
    offset.accumulate(Tensor(sums.first.map { Float($0) }, offset.shape))
    scale.accumulate(Tensor(sums.second.map { Float($0) }, scale.shape))
    guard input.needsGradient else { return }
    // The classic form: γ r (g − Σg / N − x̂ Σ(g x̂) / N), sorted by g, x and 1.
    let byInput = (0..<columns).map {
      -factors[$0] * inverse[$0] * Float(sums.second[$0] / Double(rows))
    }
    let constant = (0..<columns).map {
      -factors[$0] * Float(sums.first[$0] / Double(rows)) - byInput[$0] * mean[$0]
    }
    input.accumulate(
      Tensor(input.shape) { result in
        withPointers(input.value, gradient) { input, gradient in
          team.forEachRows(of: rows, columns: columns) { start, count in
            grafs_normalization_backward(
              input + start * columns, gradient + start * columns, count, columns, factors,
              byInput, constant, result + start * columns)
          }
        }
      })
  }
  return (result, statistics)
}

/// Returns `input` normalized by given statistics, which count as constants.
///
/// - Parameters:
///   - input: `[…, channels]`.
///   - scale: `[channels]`.
///   - offset: `[channels]`.
///   - mean: `[channels]`.
///   - variance: `[channels]`.
///   - epsilon: Added to the variance before its root is taken.
/// - Returns: The shape of `input`.
public func normalization(
  _ input: Variable<Float>, scale: Variable<Float>, offset: Variable<Float>,
  mean: Tensor<Float>, variance: Tensor<Float>, epsilon: Float
) -> Variable<Float> {
  let team = input.tape.team
  let mean = mean.scalars
  let inverse = variance.scalars.map { 1 / ($0 + epsilon).squareRoot() }
  let (scales, offsets) = (scale.value.scalars, offset.value.scalars)
  let factors = zip(scales, inverse).map { $0 * $1 }
  let shifts = mean.indices.map { offsets[$0] - mean[$0] * factors[$0] }
  let output = input.value.scaled(by: factors, shiftedBy: shifts, on: team)
  return input.tape.record(output, from: [input, scale, offset]) { gradient in
    let (rows, columns) = (input.shape.rows, input.shape.columns)
    let sums = columnSums(rows: rows, columns: columns, team) { start, count, sums in
      withPointers(input.value, gradient) { input, gradient in
        grafs_normalization_backward_sums(
          input + start * columns, gradient + start * columns, count, columns, mean, inverse, sums)
      }
    }
    offset.accumulate(Tensor(sums.first.map { Float($0) }, offset.shape))
    scale.accumulate(Tensor(sums.second.map { Float($0) }, scale.shape))
    input.accumulate(
      gradient.scaled(
        by: factors, shiftedBy: [Float](repeating: 0, count: columns), on: team))
  }
}

extension ChannelStatistics {
  /// Measures every channel of `input` `[…, channels]`, relative to its first row, so that
  /// channels far from zero lose no precision.
  fileprivate init(of input: Tensor<Float>, on team: ThreadTeam) {
    let (rows, columns) = (input.shape.rows, input.shape.columns)
    let pivot = withPointers(input) { Array(UnsafeBufferPointer(start: $0, count: columns)) }
    let sums = columnSums(rows: rows, columns: columns, team) { start, count, sums in
      withPointers(input) {
        grafs_column_sums($0 + start * columns, count, columns, pivot, sums)
      }
    }
    let shifts = sums.first.map { $0 / Double(rows) }
    mean = Tensor(zip(pivot, shifts).map { Float(Double($0) + $1) })
    variance = Tensor(
      zip(sums.second, shifts).map { Float(max(0, $0 / Double(rows) - $1 * $1)) })
  }
}

/// Adds up two sums for every column, over pieces of the rows, in the order of the pieces.
private func columnSums(
  rows: Int, columns: Int, _ team: ThreadTeam,
  body: (_ start: Int, _ count: Int, UnsafeMutablePointer<Double>) -> Void
) -> (first: [Double], second: [Double]) {
  let pieces = Pieces(of: rows, smallest: 256)
  let partial = Tensor<Double>([pieces.count, 2 * columns]) { partial in
    team.forEach(pieces.count) { piece in
      let rows = pieces[piece]
      body(rows.lowerBound, rows.count, partial + piece * 2 * columns)
    }
  }
  var sums = [Double](repeating: 0, count: 2 * columns)
  withPointers(partial) { partial in
    for piece in 0..<pieces.count {
      for index in sums.indices { sums[index] += partial[piece * 2 * columns + index] }
    }
  }
  return (Array(sums[..<columns]), Array(sums[columns...]))
}

extension Tensor<Float> {
  /// Every column times its factor, plus its shift.
  fileprivate func scaled(
    by factors: [Float], shiftedBy shifts: [Float], on team: ThreadTeam
  ) -> Tensor {
    let columns = shape.columns
    return Tensor(shape) { result in
      withPointers(self) { input in
        team.forEachRows(of: shape.rows, columns: columns) { start, count in
          grafs_scale_shift(
            input + start * columns, count, columns, factors, shifts, result + start * columns)
        }
      }
    }
  }
}

extension ThreadTeam {
  /// Calls `body` with stretches of the rows of a matrix, in parallel.
  fileprivate func forEachRows(
    of rows: Int, columns: Int, _ body: (_ start: Int, _ count: Int) -> Void
  ) {
    let pieces = Pieces(of: rows, smallest: max(1, (1 << 13) / max(1, columns)))
    forEach(pieces.count) { body(pieces[$0].lowerBound, pieces[$0].count) }
  }
}
