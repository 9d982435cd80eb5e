import CKernels

extension ChannelMap {
  /// The gradient by the map, and the sums from which other gradients are made.
  public struct Slopes: Sendable {
    /// g, the gradient by the map, which is that by the shortcut as well: the shape of the input.
    public let tensor: Tensor<Float>
    /// Σ g over the rows: `[channels]`, the gradient by the shifts.
    public let sums: Tensor<Float>
    /// Σ g x̂ over the rows: `[channels]`, the gradient by the scale; of no meaning where the map
    /// does not standardize.
    public let products: Tensor<Float>
    /// The function's sums, a row for each piece of the rows: `[pieces, sumCount]`.
    public let functionSums: Tensor<Float>
    /// Σ g, then Σ g x̂, before they are rounded.
    let columnSums: [Double]
  }

  /// The gradient by the map, given that by the function's values.
  ///
  /// - Parameters:
  ///   - input: `[…, channels]`.
  ///   - shortcut: As it was added.
  ///   - gradient: By the output.
  ///   - function: As it was applied.
  ///   - withSums: Whether the function's sums are wanted.
  ///   - device: The threads to compute on.
  /// - Returns: The gradient and its sums.
  public func slopes(
    _ input: Tensor<Float>, adding shortcut: Tensor<Float>?, times gradient: Tensor<Float>,
    of function: any PointwiseFunction, withSums: Bool, on device: Device
  ) -> Slopes {
    check(input, shortcut)
    let pieces = pieces(of: input.shape.rows)
    let (stretch, sumCount) = (function.stretch(withSums: withSums), function.sumCount)
    var sums = Tensor<Float>(zeros: [pieces.count, withSums ? sumCount : 0])
    var columnSums = Tensor<Double>(zeros: [pieces.count, 2 * columns])
    let slopes = sums.withMutablePointer { sums in
      columnSums.withMutablePointer { columnSums in
        Tensor<Float>(input.shape) { slopes in
          withPointers(input, shortcut ?? input, gradient) { input, other, gradient in
            device.forEach(pieces.count) { piece in
              let total = columnSums + piece * 2 * columns
              _ = Tensor<Float>([max(stretch, columns)]) { values in
                forEachStretch(of: pieces[piece], elements: stretch) { start, rows in
                  map(
                    input + start, shortcut == nil ? nil : other + start, rows: rows, into: values)
                  function.differentiate(
                    values, gradient + start, count: rows * columns, into: slopes + start,
                    sums: withSums ? sums + piece * sumCount : nil)
                  addSums(input + start, slopes + start, rows: rows, to: total)
                }
              }
            }
          }
        }
      }
    }
    let total = columnSums.sumOfRows(on: device).scalars
    return Slopes(
      tensor: slopes, sums: Tensor(total[..<columns].map { Float($0) }),
      products: Tensor(total[columns...].map { Float($0) }), functionSums: sums,
      columnSums: total)
  }

  /// Adds Σ g and Σ g x̂ of a stretch.
  private func addSums(
    _ input: UnsafePointer<Float>, _ slopes: UnsafePointer<Float>, rows: Int,
    to total: UnsafeMutablePointer<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * columns) { part in
      guard let sums = part.baseAddress else { return }
      if let (mean, inverse) = standardization {
        grafs_normalization_backward_sums(input, slopes, rows, columns, mean, inverse, sums)
      } else {
        grafs_column_sums(slopes, rows, columns, zeros, sums)
      }
      for index in 0..<2 * columns { total[index] += sums[index] }
    }
  }

  /// The gradient by the input, given that by the map.
  ///
  /// Over a batch it is γ r (g − Σg / N − x̂ Σ(g x̂) / N), here sorted by g, x and 1.
  ///
  /// - Parameters:
  ///   - input: `[…, channels]`.
  ///   - slopes: The gradient by the map.
  ///   - isOverBatch: Whether the statistics are those of `input`, so that the gradient passes
  ///     through them.
  ///   - device: The threads to compute on.
  /// - Returns: The gradient, computed when it is taken.
  public func inputGradient(
    _ input: Tensor<Float>, _ slopes: Slopes, isOverBatch: Bool, on device: Device
  ) -> LazyTensor<Float> {
    guard let (mean, inverse) = standardization else { return .computed(slopes.tensor) }
    let count = Double(input.shape.rows)
    let (columns, factors) = (columns, factors)
    let byInput = (0..<columns).map {
      isOverBatch
        ? -factors[$0] * inverse[$0] * Float(slopes.columnSums[columns + $0] / count) : 0
    }
    let constant = (0..<columns).map {
      isOverBatch
        ? -factors[$0] * Float(slopes.columnSums[$0] / count) - byInput[$0] * mean[$0] : 0
    }
    let tensor = slopes.tensor
    return .deferred(
      DeferredRows(shape: input.shape, device: device) { rows, result in
        withPointers(input, tensor) { input, slopes in
          let start = rows.lowerBound * columns
          grafs_normalization_backward(
            input + start, slopes + start, rows.count, columns, factors, byInput, constant, result)
        }
      })
  }
}
