import Tensors

/// The gradient by a variable: at hand, or known but not yet computed.
enum RowGradient<Scalar: TensorScalar> {
  /// All elements.
  case tensor(Tensor<Scalar>)
  /// A rule for the elements.
  case deferred(DeferredGradient<Scalar>)

  /// All elements, computed now if they were not before.
  var tensor: Tensor<Scalar> {
    switch self {
    case .tensor(let tensor): tensor
    case .deferred(let gradient): gradient.tensor
    }
  }

  /// The elements of a single row that must be reserved for `row`, times `rows`.
  func scratchCount(rows: Int) -> Int {
    switch self {
    case .tensor: 0
    case .deferred(let gradient): rows * gradient.shape.columns
    }
  }

  /// Lends the elements of some rows of the matrix `[rows, columns]`.
  ///
  /// - Parameters:
  ///   - rows: Which rows.
  ///   - scratch: `scratchCount(rows: rows.count)` elements, in which they may be computed.
  ///   - body: Reads them; the pointer must not outlive the call.
  func withRows(
    _ rows: Range<Int>, scratch: UnsafeMutablePointer<Scalar>,
    _ body: (UnsafePointer<Scalar>) -> Void
  ) {
    switch self {
    case .tensor(let tensor):
      withPointers(tensor) { body($0 + rows.lowerBound * tensor.shape.columns) }
    case .deferred(let gradient):
      gradient.compute(rows, scratch)
      body(scratch)
    }
  }
}

/// A gradient whose elements are computed on demand, row by row, so that the pullback which takes it
/// finds them in the cache and the whole is never stored.
struct DeferredGradient<Scalar: TensorScalar> {
  /// The shape of the variable.
  let shape: Shape
  /// The threads of the tape, which may be gone when the gradient is read.
  let device: Device
  /// Writes the elements of some rows of the matrix `[rows, columns]`; called from many threads.
  let compute: (_ rows: Range<Int>, _ result: UnsafeMutablePointer<Scalar>) -> Void

  /// All elements.
  var tensor: Tensor<Scalar> {
    let columns = shape.columns
    let pieces = Pieces(of: shape.rows, smallest: max(1, (1 << 13) / max(1, columns)))
    return Tensor(shape) { result in
      device.forEach(pieces.count) { piece in
        compute(pieces[piece], result + pieces[piece].lowerBound * columns)
      }
    }
  }
}
