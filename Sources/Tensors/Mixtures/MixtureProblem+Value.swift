extension MixtureProblem {
  /// The weighted sums.
  ///
  /// - Parameters:
  ///   - operands: Of the shapes named.
  ///   - weights: `[samples, operations]`.
  ///   - device: The threads to compute on.
  /// - Returns: `[samples, points]`.
  public func value(
    _ operands: [Tensor<Double>], _ weights: Tensor<Double>, on device: Device
  ) -> Tensor<Double> {
    Tensor<Double>([samples, points]) { sums in
      withPointers(weights) { weights in
        device.forEach(rows * chunks) { piece in
          let stretch = stretch(piece)
          let arguments = arguments(operands, stretch)
          for sample in stretch.samples {
            (sums + sample * points + stretch.start)
              .initialize(repeating: 0, count: stretch.count)
          }
          _ = Tensor<Double>([(1 + operands.count) * Self.chunk]) { values in
            let copies = operands.indices.map { values + (1 + $0) * Self.chunk }
            for (index, operation) in operations.enumerated() {
              let arguments = clamped(
                arguments, operation: index, count: stretch.count, copies: copies)
              forEachEvaluation(of: index, stretch) { samples, scalars in
                operation.evaluate(
                  arguments, count: stretch.count, scalars: scalars, values: values)
                for point in 0..<stretch.count { values[point] = clipped(values[point]) }
                for sample in samples {
                  let weight = weights[sample * operations.count + index]
                  let sum = sums + sample * points + stretch.start
                  for point in 0..<stretch.count { sum[point] += weight * values[point] }
                }
              }
            }
          }
        }
      }
    }
  }
}
