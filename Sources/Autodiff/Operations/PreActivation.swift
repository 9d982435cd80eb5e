import CKernels
import Tensors

/// A normalized feature map, perhaps with a shortcut added, on its way to an activation: known but
/// not yet computed.
///
/// `scale · (input − mean) / √(variance + ε) + offset + shortcut`. Normalization, sum and
/// activation are then one pass over memory each way, stretch by stretch in the cache, and neither
/// the normalized map nor the sum is kept for the gradient: the pullback computes them anew.
public struct PreActivation {
  let input: Variable<Float>
  let scale: Variable<Float>
  let offset: Variable<Float>
  let statistics: ChannelStatistics
  let epsilon: Float
  /// Whether the statistics are those of `input`, so that the gradient passes through them.
  let isOverBatch: Bool
  var shortcut: Variable<Float>?

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
  public func materialized() -> Variable<Float> { applying(Unchanged()) }

  /// Applies a function to every element of the map.
  ///
  /// - Parameter function: The activation function.
  /// - Returns: The shape of the map.
  public func applying(_ function: some PointwiseFunction) -> Variable<Float> {
    let tape = input.tape
    let problem = Problem(self)
    let output = problem.output(input.value, shortcut?.value, function, tape.device)
    let parents: [any AnyVariable] = [input, scale, offset] + (shortcut.map { [$0] } ?? [])
    return tape.record(output, from: parents + function.parameters) { gradient in
      let slopes = problem.slopes(input.value, shortcut?.value, gradient, function, tape.device)
      shortcut?.accumulate(slopes.tensor)
      offset.accumulate(Tensor(slopes.sums.map { Float($0) }, offset.shape))
      scale.accumulate(Tensor(slopes.products.map { Float($0) }, scale.shape))
      input.accumulate(deferred: problem.inputGradient(input.value, slopes, tape.device))
    }
  }

  /// The identity, for which values and slopes are already where they belong.
  private struct Unchanged: PointwiseFunction {
    func evaluate(_ x: UnsafePointer<Float>, count: Int, into y: UnsafeMutablePointer<Float>) {
      if x != UnsafePointer(y) { y.update(from: x, count: count) }
    }

    func differentiate(
      _ x: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>, count: Int,
      into slopes: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>?
    ) {
      slopes.update(from: gradient, count: count)
    }
  }
}

/// The coefficients of a pre-activation, and its passes over the rows of a matrix.
private struct Problem {
  let rows: Int
  let columns: Int
  let mean: [Float]
  /// 1 / √(variance + ε).
  let inverse: [Float]
  /// What the input is multiplied by, and what is then added.
  let factors: [Float]
  let shifts: [Float]
  let isOverBatch: Bool
  let pieces: Pieces

  init(_ map: PreActivation) {
    rows = map.input.shape.rows
    columns = map.input.shape.columns
    mean = map.statistics.mean.scalars
    let inverse = map.statistics.variance.scalars.map { 1 / ($0 + map.epsilon).squareRoot() }
    let factors = zip(map.scale.value.scalars, inverse).map { $0 * $1 }
    let offsets = map.offset.value.scalars
    shifts = zip(offsets, zip(mean, factors)).map { $0 - $1.0 * $1.1 }
    self.inverse = inverse
    self.factors = factors
    isOverBatch = map.isOverBatch
    pieces = Pieces(of: rows, smallest: max(1, (1 << 13) / max(1, columns)))
  }

  /// Calls `body` with stretches of a piece's rows: the offset of the first element, and the rows.
  private func forEachStretch(
    of piece: Int, elements: Int, _ body: (_ start: Int, _ rows: Int) -> Void
  ) {
    let range = pieces[piece]
    let step = max(1, elements / max(1, columns))
    for row in stride(from: range.lowerBound, to: range.upperBound, by: step) {
      body(row * columns, min(step, range.upperBound - row))
    }
  }

  /// Computes a stretch of the map.
  private func map(
    _ input: UnsafePointer<Float>, _ shortcut: UnsafePointer<Float>?, start: Int, rows: Int,
    into result: UnsafeMutablePointer<Float>
  ) {
    if let shortcut {
      grafs_scale_shift_add(
        input + start, shortcut + start, rows, columns, factors, shifts, result)
    } else {
      grafs_scale_shift(input + start, rows, columns, factors, shifts, result)
    }
  }

  func output(
    _ input: Tensor<Float>, _ shortcut: Tensor<Float>?, _ function: some PointwiseFunction,
    _ device: Device
  ) -> Tensor<Float> {
    Tensor(input.shape) { output in
      withPointers(input, shortcut ?? input) { input, other in
        device.forEach(pieces.count) { piece in
          forEachStretch(of: piece, elements: 1 << 11) { start, rows in
            map(
              input, shortcut == nil ? nil : other, start: start, rows: rows,
              into: output + start)
            function.evaluate(output + start, count: rows * columns, into: output + start)
          }
        }
      }
    }
  }

  /// The gradient by the map, and its sums over the rows.
  struct Slopes {
    let tensor: Tensor<Float>
    /// Σ g for every column.
    let sums: [Double]
    /// Σ g x̂ for every column, with x̂ = (x − mean) / √(variance + ε).
    let products: [Double]
  }

  func slopes(
    _ input: Tensor<Float>, _ shortcut: Tensor<Float>?, _ gradient: Tensor<Float>,
    _ function: some PointwiseFunction, _ device: Device
  ) -> Slopes {
    let needsSums = function.needsSums
    var sums = Tensor<Float>(zeros: [pieces.count, needsSums ? function.sumCount : 0])
    var columnSums = Tensor<Double>(zeros: [pieces.count, 2 * columns])
    let slopes = sums.withMutablePointer { sums in
      columnSums.withMutablePointer { columnSums in
        Tensor<Float>(input.shape) { slopes in
          withPointers(input, shortcut ?? input, gradient) { input, other, gradient in
            device.forEach(pieces.count) { piece in
              let total = columnSums + piece * 2 * columns
              _ = Tensor<Float>([max(function.stretch, columns)]) { values in
                forEachStretch(of: piece, elements: function.stretch) { start, rows in
                  map(
                    input, shortcut == nil ? nil : other, start: start, rows: rows, into: values)
                  function.differentiate(
                    values, gradient + start, count: rows * columns, into: slopes + start,
                    sums: needsSums ? sums + piece * function.sumCount : nil)
                  addSums(input + start, slopes + start, rows: rows, to: total)
                }
              }
            }
          }
        }
      }
    }
    if needsSums { function.accumulate(sums) }
    let total = columnSums.sumOfRows()
    return Slopes(
      tensor: slopes, sums: Array(total[..<columns]), products: Array(total[columns...]))
  }

  /// Adds Σ g and Σ g x̂ of a stretch.
  private func addSums(
    _ input: UnsafePointer<Float>, _ slopes: UnsafePointer<Float>, rows: Int,
    to total: UnsafeMutablePointer<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * columns) { part in
      guard let sums = part.baseAddress else { return }
      grafs_normalization_backward_sums(input, slopes, rows, columns, mean, inverse, sums)
      for index in 0..<2 * columns { total[index] += sums[index] }
    }
  }

  /// The gradient by the input, given that by the map.
  ///
  /// Over a batch it is γ r (g − Σg / N − x̂ Σ(g x̂) / N), here sorted by g, x and 1.
  func inputGradient(
    _ input: Tensor<Float>, _ slopes: Slopes, _ device: Device
  ) -> DeferredGradient<Float> {
    let count = Double(rows)
    let byInput = (0..<columns).map {
      isOverBatch ? -factors[$0] * inverse[$0] * Float(slopes.products[$0] / count) : 0
    }
    let constant = (0..<columns).map {
      isOverBatch ? -factors[$0] * Float(slopes.sums[$0] / count) - byInput[$0] * mean[$0] : 0
    }
    return DeferredGradient(shape: input.shape, device: device) { rows, result in
      withPointers(input, slopes.tensor) { input, slopes in
        let start = rows.lowerBound * columns
        grafs_normalization_backward(
          input + start, slopes + start, rows.count, columns, factors, byInput, constant, result)
      }
    }
  }
}
