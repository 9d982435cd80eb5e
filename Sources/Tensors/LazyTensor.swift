/// A tensor: at hand, or known by a rule for its rows and not yet computed.
///
/// A verb that works row by row computes the rows it takes, finds them in the cache, and the whole
/// is never stored.
public enum LazyTensor<Scalar: TensorScalar> {
  /// All elements.
  case computed(Tensor<Scalar>)
  /// A rule for the elements.
  case deferred(DeferredRows<Scalar>)

  /// All elements, computed now if they were not before.
  public var tensor: Tensor<Scalar> {
    switch self {
    case .computed(let tensor): tensor
    case .deferred(let rows): rows.tensor
    }
  }

  /// The elements of scratch memory that must be reserved for `rows` rows.
  func scratchCount(rows: Int) -> Int {
    switch self {
    case .computed: 0
    case .deferred(let deferred): rows * deferred.shape.columns
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
    case .computed(let tensor):
      withPointers(tensor) { body($0 + rows.lowerBound * tensor.shape.columns) }
    case .deferred(let deferred):
      deferred.compute(rows, scratch)
      body(scratch)
    }
  }
}

/// A rule for the rows of a tensor.
public struct DeferredRows<Scalar: TensorScalar> {
  /// The shape of the tensor.
  public let shape: Shape
  /// Computes all elements when they are taken.
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
