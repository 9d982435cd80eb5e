import Tensors

/// Returns row `row` of a matrix.
///
/// - Parameters:
///   - index: Which one, from 0.
///   - matrix: `[rows, columns]`.
/// - Returns: `[columns]`.
public func row<Scalar>(_ index: Int, of matrix: Variable<Scalar>) -> Variable<Scalar> {
  let columns = matrix.shape.columns
  precondition((0..<matrix.shape.rows).contains(index), "row: \(index) of \(matrix.shape)")
  let selected = Tensor<Scalar>([columns]) { selected in
    withPointers(matrix.value) {
      selected.initialize(from: $0 + index * columns, count: columns)
    }
  }
  return matrix.tape.record(selected, from: [matrix]) { gradient in
    matrix.accumulate(gradient, at: index * columns)
  }
}

/// Returns some rows of a matrix that follow one another.
///
/// - Parameters:
///   - range: Which ones, from 0.
///   - matrix: `[rows, columns]`.
/// - Returns: `[range.count, columns]`.
public func rows<Scalar>(_ range: Range<Int>, of matrix: Variable<Scalar>) -> Variable<Scalar> {
  let columns = matrix.shape.columns
  precondition(
    range.lowerBound >= 0 && range.upperBound <= matrix.shape.rows,
    "rows: \(range) of \(matrix.shape)")
  let selected = Tensor<Scalar>([range.count, columns]) { selected in
    withPointers(matrix.value) {
      selected.initialize(from: $0 + range.lowerBound * columns, count: range.count * columns)
    }
  }
  return matrix.tape.record(selected, from: [matrix]) { gradient in
    matrix.accumulate(gradient, at: range.lowerBound * columns)
  }
}

/// Returns the elements of every row at the indices given.
///
/// - Parameters:
///   - matrix: `[…, columns]`: a vector is one row.
///   - indices: Positions in a row.
/// - Returns: `[…, indices.count]`.
public func gathering<Scalar>(
  _ matrix: Variable<Scalar>, at indices: [Int]
) -> Variable<Scalar> {
  let (rows, columns) = (matrix.shape.rows, matrix.shape.columns)
  let scalars = matrix.value.scalars
  let gathered = (0..<rows).flatMap { row in indices.map { scalars[row * columns + $0] } }
  let shape = Shape(matrix.shape.dimensions.dropLast() + [indices.count])
  return matrix.tape.record(Tensor(gathered, shape), from: [matrix]) { gradient in
    let gradient = gradient.scalars
    var spread = [Scalar](repeating: 0, count: scalars.count)
    for row in 0..<rows {
      for (place, index) in indices.enumerated() {
        spread[row * columns + index] += gradient[row * indices.count + place]
      }
    }
    matrix.accumulate(Tensor(spread, matrix.shape))
  }
}

/// Returns rows of a matrix in any order, also several times.
///
/// - Parameters:
///   - matrix: `[rows, columns]`.
///   - indices: For each row of the result, that of `matrix`.
/// - Returns: `[indices.count, columns]`.
public func gatheringRows<Scalar>(
  _ matrix: Variable<Scalar>, at indices: [Int]
) -> Variable<Scalar> {
  let columns = matrix.shape.columns
  precondition(
    indices.allSatisfy((0..<matrix.shape.rows).contains),
    "gatheringRows: \(indices) of \(matrix.shape)")
  let scalars = matrix.value.scalars
  let gathered = indices.flatMap { scalars[$0 * columns..<($0 + 1) * columns] }
  return matrix.tape.record(
    Tensor(gathered, [indices.count, columns]), from: [matrix]
  ) { gradient in
    let gradient = gradient.scalars
    var sum = [Scalar](repeating: 0, count: scalars.count)
    for (row, index) in indices.enumerated() {
      for column in 0..<columns {
        sum[index * columns + column] += gradient[row * columns + column]
      }
    }
    matrix.accumulate(Tensor(sum, matrix.shape))
  }
}
