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

/// Returns the elements of a vector at the indices given.
///
/// - Parameters:
///   - vector: `[count]`.
///   - indices: Positions in `vector`.
/// - Returns: `[indices.count]`.
public func gathering<Scalar>(
  _ vector: Variable<Scalar>, at indices: [Int]
) -> Variable<Scalar> {
  let scalars = vector.value.scalars
  return vector.tape.record(Tensor(indices.map { scalars[$0] }), from: [vector]) { gradient in
    var spread = [Scalar](repeating: 0, count: scalars.count)
    for (index, part) in zip(indices, gradient.scalars) { spread[index] += part }
    vector.accumulate(Tensor(spread, vector.shape))
  }
}
