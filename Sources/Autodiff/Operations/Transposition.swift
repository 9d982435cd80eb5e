import Tensors

/// Returns the transpose of a matrix.
///
/// - Parameter matrix: `[rows, columns]`; any tensor is one.
/// - Returns: `[columns, rows]`.
public func transposition<Scalar>(_ matrix: Variable<Scalar>) -> Variable<Scalar> {
  let device = matrix.tape.device
  return matrix.tape.record(matrix.value.transposed(on: device), from: [matrix]) { gradient in
    matrix.accumulate(gradient.transposed(on: device).reshaped(matrix.shape))
  }
}
