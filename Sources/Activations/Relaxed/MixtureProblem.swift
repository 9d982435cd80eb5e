import Tensors

/// The sizes of a mixture, how its work is cut, and its value.
struct MixtureProblem {
  let operations: [SlotOperation]
  let scalars: [Double]
  /// Rows of scalars: one for all samples, or one for each.
  let scalarRows: Int
  /// ℓ of the outputs, infinite for none.
  let bound: Double
  /// The bound of the derivatives in the pullback, infinite for none.
  let slopeBound: Double
  /// For each operation the interval to which its arguments are clamped, if any.
  let ranges: [ClosedRange<Double>?]
  let operandRows: [Int]
  let samples: Int
  let points: Int

  /// Whether all samples see the same operands, so that each operation is evaluated once.
  let isShared: Bool

  /// Points evaluated at a time: their values and derivatives stay in the first-level cache.
  static let chunk = 512

  init(
    operations: [SlotOperation], scalars: Tensor<Double>, limits: Limits, operands: [Shape],
    weights: Shape
  ) {
    precondition(
      weights.rank == 2 && weights.columns == operations.count
        && [[operations.count], weights].contains(scalars.shape) && limits.isValid,
      "mixture: \(operations.count) operations, weights \(weights), scalars \(scalars.shape), "
        + "limits \(limits)")
    let (samples, points) = (weights.rows, operands[0].columns)
    precondition(
      operands.allSatisfy {
        $0.rank == 2 && $0.columns == points && [1, samples].contains($0.rows)
      } && operations.allSatisfy { $0.arity.rawValue == operands.count },
      "mixture: operands \(operands) for \(samples) samples of \(operations)")
    self.samples = samples
    self.points = points
    self.operations = operations
    self.scalars = scalars.scalars
    scalarRows = scalars.shape.rows
    bound = limits.outputs.outputBound
    slopeBound = limits.slopeBound
    ranges = operations.map(limits.outputs.clampedArguments)
    operandRows = operands.map(\.rows)
    isShared = operandRows.allSatisfy { $0 == 1 }
  }

  var chunks: Int { max(1, (points + Self.chunk - 1) / Self.chunk) }

  /// Rows of operands that are evaluated.
  var rows: Int { isShared ? 1 : samples }

  /// A stretch of one row of the operands, and the samples it serves.
  struct Stretch {
    let row: Int
    let start: Int
    let count: Int
    let samples: Range<Int>
  }

  func stretch(_ piece: Int) -> Stretch {
    let row = piece / chunks
    let start = piece % chunks * Self.chunk
    return Stretch(
      row: row, start: start, count: max(0, min(Self.chunk, points - start)),
      samples: isShared ? 0..<samples : row..<row + 1)
  }

  /// Samples that a stretch serves.
  var served: Int { isShared ? samples : 1 }

  /// Rows of scalars that a stretch uses.
  var servedScalarRows: Int { scalarRows == 1 ? 1 : served }

  /// Calls `body` with those samples of a stretch for which an operation has the same values, and
  /// with its scalar: all at once, or each alone where it has a scalar of its own.
  @inline(__always)
  func forEachEvaluation(
    of operation: Int, _ stretch: Stretch, _ body: (_ samples: Range<Int>, _ scalar: Double) -> Void
  ) {
    guard scalarRows > 1, operations[operation].isLearnable else {
      return body(stretch.samples, scalars[operation])
    }
    for sample in stretch.samples {
      body(sample..<sample + 1, scalars[sample * operations.count + operation])
    }
  }

  /// The operands' elements at a stretch. They are a parameter of the caller, so they outlive its use of
  /// the pointers.
  func arguments(
    _ operands: [Tensor<Double>], _ stretch: Stretch
  ) -> [UnsafePointer<Double>] {
    zip(operands, operandRows).map { operand, rows in
      withPointers(operand) { $0 + (rows == 1 ? 0 : stretch.row) * points + stretch.start }
    }
  }

  /// The arguments as an operation takes them: clamped, in `copies` (a chunk for each), where its
  /// arguments are bounded.
  func clamped(
    _ arguments: [UnsafePointer<Double>], operation: Int, count: Int,
    copies: [UnsafeMutablePointer<Double>]
  ) -> [UnsafePointer<Double>] {
    guard let range = ranges[operation] else { return arguments }
    return zip(arguments, copies).map { argument, copy in
      for point in 0..<count { copy[point] = range.clamp(argument[point]) }
      return UnsafePointer(copy)
    }
  }

  func value(
    _ operands: [Tensor<Double>], _ weights: Tensor<Double>, _ device: Device
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
              forEachEvaluation(of: index, stretch) { samples, scalar in
                operation.evaluate(
                  arguments, count: stretch.count, scalar: scalar, values: values)
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

  /// Clips an operation's derivatives: 0 where its argument was clamped, else within the bound of
  /// slopes.
  func clip(
    _ slopes: UnsafeMutablePointer<Double>, at arguments: UnsafePointer<Double>, operation: Int,
    count: Int
  ) {
    if let range = ranges[operation] {
      for point in 0..<count
      where arguments[point] < range.lowerBound || arguments[point] > range.upperBound {
        slopes[point] = 0
      }
    }
    guard slopeBound < .infinity else { return }
    let range = -slopeBound...slopeBound
    for point in 0..<count { slopes[point] = range.clamp(slopes[point]) }
  }

  @inline(__always)
  func clipped(_ value: Double) -> Double {
    value > bound ? bound : value < -bound ? -bound : value
  }
}
