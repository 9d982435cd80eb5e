import Tensors

/// Returns the transpose of a matrix.
///
/// - Parameter matrix: `[rows, columns]`; any tensor is one.
/// - Returns: `[columns, rows]`.
public func transposition<Scalar>(_ matrix: Variable<Scalar>) -> Variable<Scalar> {
  let team = matrix.tape.team
  return matrix.tape.record(matrix.value.transposed(on: team), from: [matrix]) { gradient in
    matrix.accumulate(gradient.transposed(on: team).reshaped(matrix.shape))
  }
}
