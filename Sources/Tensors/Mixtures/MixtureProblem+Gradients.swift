extension MixtureProblem {
  /// The gradients by the weights, the scalars, and those operands that need one.
  ///
  /// - Parameters:
  ///   - operands: Of the shapes named.
  ///   - weights: `[samples, operations]`.
  ///   - gradient: By the sums, `[samples, points]`.
  ///   - needed: For each operand whether its gradient is wanted.
  ///   - device: The threads to compute on.
  /// - Returns: The gradients by the weights, `[samples, operations]`, by the scalars, in a row,
  ///   and by the operands, of their shapes, nil where not needed.
  public func gradients(
    _ operands: [Tensor<Double>], _ weights: Tensor<Double>, _ gradient: Tensor<Double>,
    needed: [Bool], on device: Device
  ) -> (weights: Tensor<Double>, scalars: Tensor<Double>, operands: [Tensor<Double>?]) {
    var byOperand = needed.map { $0 ? Tensor<Double>(zeros: [rows, points]) : nil }
    let targets = byOperand.indices.map { byOperand[$0]?.withMutablePointer { $0 } }
    let width = operations.count
    let pieces = rows * chunks
    // For each piece: a row of weight gradients for each sample it serves, then its rows of
    // scalars.
    let size = served * width + servedScalarRows * scalarWidth
    let partial = Tensor<Double>([pieces, size]) { partial in
      partial.initialize(repeating: 0, count: pieces * size)
      withPointers(weights, gradient) { weights, gradient in
        device.forEach(pieces) { piece in
          let stretch = stretch(piece)
          let arguments = arguments(operands, stretch)
          let sums = partial + piece * size
          _ = Tensor<Double>([(2 + 2 * operands.count) * Self.chunk]) { scratch in
            let values = scratch
            let share = scratch + Self.chunk
            let slopes = operands.indices.map { scratch + (2 + $0) * Self.chunk }
            let copies = slopes.map { $0 + operands.count * Self.chunk }
            for (index, operation) in operations.enumerated() {
              let inner = clamped(
                arguments, operation: index, count: stretch.count, copies: copies)
              forEachEvaluation(of: index, stretch) { samples, scalars in
                let place = samples.lowerBound - stretch.samples.lowerBound
                operation.differentiate(
                  inner, count: stretch.count, scalars: scalars, values: values,
                  derivatives: slopes)
                accumulate(
                  stretch, samples, values: values, share: share, weights: weights + index,
                  gradient: gradient, into: sums + place * width + index)
                for (operand, slope) in slopes.enumerated() {
                  guard let target = targets[operand] else { continue }
                  clip(slope, at: arguments[operand], operation: index, count: stretch.count)
                  let sum = target + stretch.row * points + stretch.start
                  for point in 0..<stretch.count { sum[point] += share[point] * slope[point] }
                }
                let ofScalars =
                  sums + served * width + (scalarRows == 1 ? 0 : place) * scalarWidth
                for (own, column) in columns[index].enumerated() {
                  operation.differentiate(
                    byScalar: own, inner, count: stretch.count, scalars: scalars,
                    derivatives: values)
                  var sum = 0.0
                  for point in 0..<stretch.count { sum += share[point] * values[point] }
                  ofScalars[column] += sum
                }
              }
            }
          }
        }
      }
    }
    let sums = reduced(partial, pieces: pieces)
    for index in byOperand.indices where operandRows[index] < rows {
      byOperand[index] = byOperand[index]?.sumOfRows(on: device).reshaped([1, points])
    }
    return (sums.weights, sums.scalars, byOperand)
  }

  /// Adds an operation's gradients by its weights, and finds what its output gets of the gradient:
  /// `share`, zero where the output was clipped.
  ///
  /// `weights` and `sums` begin at the operation's column; `sums` has a row for each of the
  /// samples.
  private func accumulate(
    _ stretch: Stretch, _ samples: Range<Int>, values: UnsafeMutablePointer<Double>,
    share: UnsafeMutablePointer<Double>, weights: UnsafePointer<Double>,
    gradient: UnsafePointer<Double>, into sums: UnsafeMutablePointer<Double>
  ) {
    let width = operations.count
    share.initialize(repeating: 0, count: stretch.count)
    for sample in samples {
      let weight = weights[sample * width]
      let gradient = gradient + sample * points + stretch.start
      var sum = 0.0
      for point in 0..<stretch.count {
        sum += gradient[point] * clipped(values[point])
        share[point] += weight * gradient[point]
      }
      sums[(sample - samples.lowerBound) * width] += sum
    }
    for point in 0..<stretch.count where abs(values[point]) > bounds.outputs { share[point] = 0 }
  }

  /// Adds the pieces' sums in their order.
  private func reduced(
    _ partial: Tensor<Double>, pieces: Int
  ) -> (weights: Tensor<Double>, scalars: Tensor<Double>) {
    let width = operations.count
    var byWeights = [Double](repeating: 0, count: samples * width)
    var byScalars = [Double](repeating: 0, count: scalarRows * scalarWidth)
    let (weightCount, scalarCount) = (served * width, servedScalarRows * scalarWidth)
    withPointers(partial) { partial in
      for piece in 0..<pieces {
        let row = piece / chunks
        let sums = partial + piece * (weightCount + scalarCount)
        for index in 0..<weightCount { byWeights[row * weightCount + index] += sums[index] }
        let first = scalarRows == 1 ? 0 : row * scalarCount
        for index in 0..<scalarCount { byScalars[first + index] += sums[weightCount + index] }
      }
    }
    return (Tensor(byWeights, [samples, width]), Tensor(byScalars))
  }
}
