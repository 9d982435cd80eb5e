extension MixtureProblem {
  /// The slopes of all rows, along those of the operands.
  ///
  /// - Parameters:
  ///   - operands: Of the shapes named.
  ///   - operandSlopes: Of the operands' shapes.
  ///   - weights: `[samples, operations]`.
  ///   - device: The threads to compute on.
  /// - Returns: `[samples, points]`.
  public func slopes(
    _ operands: [Tensor<Double>], _ operandSlopes: [Tensor<Double>], _ weights: Tensor<Double>,
    on device: Device
  ) -> Tensor<Double> {
    Tensor<Double>([samples, points]) { sums in
      withPointers(weights) { weights in
        device.forEach(rows * chunks) { piece in
          let stretch = stretch(piece)
          let (count, width) = (stretch.count, operations.count)
          let arguments = arguments(operands, stretch)
          let along = self.arguments(operandSlopes, stretch)
          for sample in stretch.samples {
            (sums + sample * points + stretch.start).initialize(repeating: 0, count: count)
          }
          _ = Tensor<Double>([(1 + 2 * operands.count) * Self.chunk]) { scratch in
            let values = scratch
            let slopes = operands.indices.map { scratch + (1 + $0) * Self.chunk }
            let copies = slopes.map { $0 + operands.count * Self.chunk }
            for (index, operation) in operations.enumerated() {
              let inner = clamped(arguments, operation: index, count: count, copies: copies)
              forEachEvaluation(of: index, stretch) { samples, scalars in
                operation.differentiate(
                  inner, count: count, scalars: scalars, values: values, derivatives: slopes)
                for (operand, slope) in slopes.enumerated() {
                  clip(slope, at: arguments[operand], operation: index, count: count)
                }
                for sample in samples {
                  let weight = weights[sample * width + index]
                  let sum = sums + sample * points + stretch.start
                  for (slope, along) in zip(slopes, along) {
                    for point in 0..<count where abs(values[point]) <= bounds.outputs {
                      sum[point] += weight * slope[point] * along[point]
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
