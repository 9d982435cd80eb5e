import Autodiff
import Tensors

/// Returns the weighted sum of bounded operations: `Σ weight · operation(operands)`.
///
/// `Bounding` says what is clipped; what is passes no gradient. The work is cut into chunks of
/// points; the pullback evaluates the operations anew, so memory does not grow with their number.
///
/// - Parameters:
///   - operations: The operations of one slot, all of the same arity.
///   - operands: One `[rows, points]` for each argument. An operand with one row serves all rows.
///   - weights: `[samples, operations]`: a row of weights for each row of the result.
///   - scalars: The learnable scalars, ignored by operations without one: `[operations]`, the same for
///     all rows of the result, or `[samples, operations]`, a row for each. Over operands of one row
///     only the operations with a scalar of each row's own are evaluated for every row.
///   - bounding: What is clipped.
///   - slopeBound: The pullback clips the operations' derivatives by their arguments to ± this number, so
///     that a pole, or an operand near 0 in a denominator, does not drown all other gradients; infinite
///     for the true derivatives.
/// - Returns: `[samples, points]`.
public func mixture(
  of operations: [SlotOperation], at operands: [Variable<Double>], weights: Variable<Double>,
  scalars: Variable<Double>, bounding: Bounding = .off, slopeBound: Double = .infinity
) -> Variable<Double> {
  let problem = MixtureProblem(
    operations: operations, scalars: scalars.value, bounding: bounding, slopeBound: slopeBound,
    operands: operands.map(\.shape), weights: weights.shape)
  let tape = weights.tape
  let values = operands.map(\.value)
  let sum = problem.value(values, weights.value, tape.team)
  return tape.record(sum, from: operands + [weights, scalars]) { gradient in
    let result = problem.gradients(
      values, weights.value, gradient, needed: operands.map(\.needsGradient), tape.team)
    weights.accumulate(result.weights)
    scalars.accumulate(result.scalars.reshaped(scalars.shape))
    for (operand, part) in zip(operands, result.operands) {
      if let part { operand.accumulate(part) }
    }
  }
}

/// Returns the slopes of a mixture along those of its operands, `[samples, points]`, with bounds as in its
/// pullback. `slopes` has the operands' shapes; all others are as `mixture` takes them.
func mixtureSlopes(
  of operations: [SlotOperation], at operands: [Variable<Double>], slopes: [Tensor<Double>],
  weights: Variable<Double>, scalars: Variable<Double>, bounding: Bounding, slopeBound: Double
) -> Tensor<Double> {
  let problem = MixtureProblem(
    operations: operations, scalars: scalars.value, bounding: bounding, slopeBound: slopeBound,
    operands: operands.map(\.shape), weights: weights.shape)
  return problem.slopes(operands.map(\.value), slopes, weights.value, weights.tape.team)
}

/// The sizes of a mixture, its two passes, and its slopes.
private struct MixtureProblem {
  let operations: [SlotOperation]
  private let scalars: [Double]
  /// Rows of scalars: one for all samples, or one for each.
  private let scalarRows: Int
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
    operations: [SlotOperation], scalars: Tensor<Double>, bounding: Bounding, slopeBound: Double,
    operands: [Shape], weights: Shape
  ) {
    precondition(
      weights.rank == 2 && weights.columns == operations.count
        && [[operations.count], weights].contains(scalars.shape) && bounding.isValid
        && slopeBound > 0,
      "mixture: \(operations.count) operations, weights \(weights), scalars \(scalars.shape), "
        + "bounding \(bounding), slopes \(slopeBound)")
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
    bound = bounding.outputBound
    self.slopeBound = slopeBound
    ranges = operations.map(bounding.clampedArguments)
    operandRows = operands.map(\.rows)
    isShared = operandRows.allSatisfy { $0 == 1 }
  }

  private var chunks: Int { max(1, (points + Self.chunk - 1) / Self.chunk) }

  /// Rows of operands that are evaluated.
  private var rows: Int { isShared ? 1 : samples }

  /// A stretch of one row of the operands, and the samples it serves.
  private struct Stretch {
    let row: Int
    let start: Int
    let count: Int
    let samples: Range<Int>
  }

  private func stretch(_ piece: Int) -> Stretch {
    let row = piece / chunks
    let start = piece % chunks * Self.chunk
    return Stretch(
      row: row, start: start, count: max(0, min(Self.chunk, points - start)),
      samples: isShared ? 0..<samples : row..<row + 1)
  }

  /// Samples that a stretch serves.
  private var served: Int { isShared ? samples : 1 }

  /// Rows of scalars that a stretch uses.
  private var servedScalarRows: Int { scalarRows == 1 ? 1 : served }

  /// Calls `body` with those samples of a stretch for which an operation has the same values, and
  /// with its scalar: all at once, or each alone where it has a scalar of its own.
  @inline(__always)
  private func forEachEvaluation(
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
  private func arguments(
    _ operands: [Tensor<Double>], _ stretch: Stretch
  ) -> [UnsafePointer<Double>] {
    zip(operands, operandRows).map { operand, rows in
      withPointers(operand) { $0 + (rows == 1 ? 0 : stretch.row) * points + stretch.start }
    }
  }

  /// The arguments as an operation takes them: clamped, in `copies` (a chunk for each), where its
  /// arguments are bounded.
  private func clamped(
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
    _ operands: [Tensor<Double>], _ weights: Tensor<Double>, _ team: ThreadTeam
  ) -> Tensor<Double> {
    Tensor<Double>([samples, points]) { sums in
      withPointers(weights) { weights in
        team.forEach(rows * chunks) { piece in
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

  /// The slopes of all rows, along those of the operands.
  func slopes(
    _ operands: [Tensor<Double>], _ operandSlopes: [Tensor<Double>], _ weights: Tensor<Double>,
    _ team: ThreadTeam
  ) -> Tensor<Double> {
    Tensor<Double>([samples, points]) { sums in
      withPointers(weights) { weights in
        team.forEach(rows * chunks) { piece in
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
              forEachEvaluation(of: index, stretch) { samples, scalar in
                operation.differentiate(
                  inner, count: count, scalar: scalar, values: values, derivatives: slopes)
                for (operand, slope) in slopes.enumerated() {
                  clip(slope, at: arguments[operand], operation: index, count: count)
                }
                for sample in samples {
                  let weight = weights[sample * width + index]
                  let sum = sums + sample * points + stretch.start
                  for (slope, along) in zip(slopes, along) {
                    for point in 0..<count where abs(values[point]) <= bound {
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

  /// The gradients by the weights, the scalars, and those operands that need one.
  func gradients(
    _ operands: [Tensor<Double>], _ weights: Tensor<Double>, _ gradient: Tensor<Double>,
    needed: [Bool], _ team: ThreadTeam
  ) -> (weights: Tensor<Double>, scalars: Tensor<Double>, operands: [Tensor<Double>?]) {
    var byOperand = needed.map { $0 ? Tensor<Double>(zeros: [rows, points]) : nil }
    let targets = byOperand.indices.map { byOperand[$0]?.withMutablePointer { $0 } }
    let width = operations.count
    let pieces = rows * chunks
    // For each piece: a row of weight gradients for each sample it serves, then its rows of scalars.
    let size = (served + servedScalarRows) * width
    let partial = Tensor<Double>([pieces, size]) { partial in
      partial.initialize(repeating: 0, count: pieces * size)
      withPointers(weights, gradient) { weights, gradient in
        team.forEach(pieces) { piece in
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
              forEachEvaluation(of: index, stretch) { samples, scalar in
                let place = samples.lowerBound - stretch.samples.lowerBound
                operation.differentiate(
                  inner, count: stretch.count, scalar: scalar, values: values,
                  derivatives: slopes)
                accumulate(
                  stretch, samples, operation: index, values: values, share: share,
                  weights: weights, gradient: gradient, into: sums + place * width)
                for (operand, slope) in slopes.enumerated() {
                  guard let target = targets[operand] else { continue }
                  clip(slope, at: arguments[operand], operation: index, count: stretch.count)
                  let sum = target + stretch.row * points + stretch.start
                  for point in 0..<stretch.count { sum[point] += share[point] * slope[point] }
                }
                if operation.isLearnable {
                  operation.scalarDerivatives(
                    inner, count: stretch.count, scalar: scalar, derivatives: values)
                  var sum = 0.0
                  for point in 0..<stretch.count { sum += share[point] * values[point] }
                  sums[(served + (scalarRows == 1 ? 0 : place)) * width + index] += sum
                }
              }
            }
          }
        }
      }
    }
    let sums = reduced(partial, pieces: pieces)
    for index in byOperand.indices where operandRows[index] < rows {
      byOperand[index] = byOperand[index]?.sumOfRows()
    }
    return (sums.weights, sums.scalars, byOperand)
  }

  /// Adds the weights' gradients of an operation, and finds what its output gets of the gradient:
  /// `share`, zero where the output was clipped. `sums` has a row for each of the samples given.
  private func accumulate(
    _ stretch: Stretch, _ samples: Range<Int>, operation: Int, values: UnsafeMutablePointer<Double>,
    share: UnsafeMutablePointer<Double>, weights: UnsafePointer<Double>,
    gradient: UnsafePointer<Double>, into sums: UnsafeMutablePointer<Double>
  ) {
    let width = operations.count
    share.initialize(repeating: 0, count: stretch.count)
    for sample in samples {
      let weight = weights[sample * width + operation]
      let gradient = gradient + sample * points + stretch.start
      var sum = 0.0
      for point in 0..<stretch.count {
        sum += gradient[point] * clipped(values[point])
        share[point] += weight * gradient[point]
      }
      sums[(sample - samples.lowerBound) * width + operation] += sum
    }
    for point in 0..<stretch.count where abs(values[point]) > bound { share[point] = 0 }
  }

  /// Adds the pieces' sums in their order.
  private func reduced(
    _ partial: Tensor<Double>, pieces: Int
  ) -> (weights: Tensor<Double>, scalars: Tensor<Double>) {
    let width = operations.count
    var byWeights = [Double](repeating: 0, count: samples * width)
    var byScalars = [Double](repeating: 0, count: scalarRows * width)
    let (weightCount, scalarCount) = (served * width, servedScalarRows * width)
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

  /// Clips an operation's derivatives: 0 where its argument was clamped, else within the bound of
  /// slopes.
  private func clip(
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
  private func clipped(_ value: Double) -> Double {
    value > bound ? bound : value < -bound ? -bound : value
  }
}

extension Tensor<Double> {
  /// The sum of the rows of a matrix `[rows, columns]`, added in their order: `[1, columns]`.
  fileprivate func sumOfRows() -> Tensor {
    let (rows, columns) = (shape.rows, shape.columns)
    return Tensor([1, columns]) { sum in
      sum.initialize(repeating: 0, count: columns)
      withPointers(self) { matrix in
        for row in 0..<rows {
          for column in 0..<columns { sum[column] += matrix[row * columns + column] }
        }
      }
    }
  }
}
