/// The sizes of a mixture of operations, `Σ weight · operation(operands)`, how its work is cut, and
/// its passes.
///
/// The work is cut into chunks of points; the gradients evaluate the operations anew, so memory
/// does not grow with their number. All in double precision.
public struct MixtureProblem {
  /// What is clipped; what is passes no gradient.
  public struct Bounds: Sendable {
    /// The bound of the operations' outputs, infinite for none.
    public var outputs: Double
    /// The bound of their derivatives by the arguments in gradients, infinite for none.
    public var slopes: Double
    /// For each operation the interval to which its arguments are clamped, if any.
    public var arguments: [ClosedRange<Double>?]

    /// Names the bounds.
    public init(outputs: Double, slopes: Double, arguments: [ClosedRange<Double>?]) {
      self.outputs = outputs
      self.slopes = slopes
      self.arguments = arguments
    }
  }

  let operations: [any StretchOperation]
  /// For each operation the columns of its scalars.
  let columns: [Range<Int>]
  /// The number of those columns.
  let scalarWidth: Int
  let scalars: [Double]
  /// Rows of scalars: one for all samples, or one for each.
  let scalarRows: Int
  let bounds: Bounds
  let operandRows: [Int]
  let samples: Int
  let points: Int

  /// Whether all samples see the same operands, so that each operation is evaluated once.
  let isShared: Bool

  /// Points evaluated at a time: their values and derivatives stay in the first-level cache.
  static let chunk = 512

  /// Names the sizes.
  ///
  /// - Parameters:
  ///   - operations: The operations of one slot, all of the same arity.
  ///   - bounds: What is clipped.
  ///   - scalars: The learnable scalars, those of an operation side by side: `[scalars]`, the same
  ///     for all rows of the result, or `[samples, scalars]`, a row for each.
  ///   - operands: One `[rows, points]` for each argument; one with one row serves all rows.
  ///   - weights: `[samples, operations]`.
  /// - Precondition: The extents fit.
  public init(
    of operations: [any StretchOperation], within bounds: Bounds, scalars: Tensor<Double>,
    operands: [Shape], weights: Shape
  ) {
    let columns = Self.columns(of: operations)
    let scalarWidth = columns.last?.upperBound ?? 0
    precondition(
      weights.rank == 2 && weights.columns == operations.count
        && [[scalarWidth], [weights.rows, scalarWidth]].contains(scalars.shape)
        && bounds.arguments.count == operations.count && bounds.slopes > 0,
      "mixture: \(operations.count) operations, weights \(weights), scalars \(scalars.shape), "
        + "slopes \(bounds.slopes)")
    let (samples, points) = (weights.rows, operands[0].columns)
    precondition(
      operands.allSatisfy {
        $0.rank == 2 && $0.columns == points && [1, samples].contains($0.rows)
      } && operations.allSatisfy { $0.argumentCount == operands.count },
      "mixture: operands \(operands) for \(samples) samples of \(operations)")
    self.samples = samples
    self.points = points
    self.operations = operations
    self.columns = columns
    self.scalarWidth = scalarWidth
    self.scalars = scalars.scalars
    scalarRows = scalars.shape.rank == 1 ? 1 : scalars.shape.rows
    self.bounds = bounds
    operandRows = operands.map(\.rows)
    isShared = operandRows.allSatisfy { $0 == 1 }
  }

  /// For each operation the columns of its scalars, one behind the other.
  package static func columns(of operations: [any StretchOperation]) -> [Range<Int>] {
    var end = 0
    return operations.map { operation in
      defer { end += operation.scalarCount }
      return end..<end + operation.scalarCount
    }
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
  /// with its scalars: all at once, or each alone where it has scalars of its own.
  @inline(__always)
  func forEachEvaluation(
    of operation: Int, _ stretch: Stretch,
    _ body: (_ samples: Range<Int>, _ scalars: [Double]) -> Void
  ) {
    let columns = columns[operation]
    guard scalarRows > 1, !columns.isEmpty else {
      return body(stretch.samples, Array(scalars[columns]))
    }
    for sample in stretch.samples {
      let first = sample * scalarWidth
      body(
        sample..<sample + 1,
        Array(scalars[first + columns.lowerBound..<first + columns.upperBound]))
    }
  }

  /// The operands' elements at a stretch. They are a parameter of the caller, so they outlive its
  /// use of the pointers.
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
    guard let range = bounds.arguments[operation] else { return arguments }
    return zip(arguments, copies).map { argument, copy in
      for point in 0..<count { copy[point] = range.clamp(argument[point]) }
      return UnsafePointer(copy)
    }
  }

  /// Clips an operation's derivatives: 0 where its argument was clamped, else within the bound of
  /// slopes.
  func clip(
    _ slopes: UnsafeMutablePointer<Double>, at arguments: UnsafePointer<Double>, operation: Int,
    count: Int
  ) {
    if let range = bounds.arguments[operation] {
      for point in 0..<count
      where arguments[point] < range.lowerBound || arguments[point] > range.upperBound {
        slopes[point] = 0
      }
    }
    guard bounds.slopes < .infinity else { return }
    let range = -bounds.slopes...bounds.slopes
    for point in 0..<count { slopes[point] = range.clamp(slopes[point]) }
  }

  @inline(__always)
  func clipped(_ value: Double) -> Double {
    let bound = bounds.outputs
    return value > bound ? bound : value < -bound ? -bound : value
  }
}

extension ClosedRange<Double> {
  /// The number, or the nearest bound where it is outside; NaN stays NaN.
  @inline(__always)
  fileprivate func clamp(_ number: Double) -> Double {
    number < lowerBound ? lowerBound : number > upperBound ? upperBound : number
  }
}
