import COpenBLAS

/// Matrix products by OpenBLAS, one BLAS thread per call.
///
/// OpenBLAS's own threads change the last bits of most products, so loops over products are
/// parallelized above it, by a split that does not depend on the number of threads.
public enum MatrixProduct {
  private static let oneThread: Void = openblas_set_num_threads(1)

  /// A factor of a product: a tensor read as the matrix `[rows, columns]` that it is.
  public enum Factor {
    /// Read as it lies in memory.
    case plain(Tensor<Float>)
    /// Read with rows and columns exchanged.
    case transposed(Tensor<Float>)

    /// The rows of the factor.
    public var rows: Int {
      switch self {
      case .plain(let tensor): tensor.shape.rows
      case .transposed(let tensor): tensor.shape.columns
      }
    }

    /// The columns of the factor.
    public var columns: Int {
      switch self {
      case .plain(let tensor): tensor.shape.columns
      case .transposed(let tensor): tensor.shape.rows
      }
    }
  }

  /// The build of OpenBLAS in use and the processor it chose, for the record of a run.
  public static var library: String { String(cString: openblas_get_config()) }

  /// The processor family for which OpenBLAS chose its kernels, such as `SkylakeX`.
  public static var core: String { String(cString: openblas_get_corename()) }

  /// Returns `left · right`: `[rows of left, columns of right]`.
  ///
  /// - Precondition: `left` has as many columns as `right` has rows.
  public static func product(
    _ left: Factor, _ right: Factor, on device: Device
  ) -> Tensor<Float> {
    Tensor([left.rows, right.columns]) {
      multiply(left, right, into: $0, keep: 0, on: device)
    }
  }

  /// Returns `left · right` with a row added to every row.
  ///
  /// - Parameters:
  ///   - left: `[rows, inner]`.
  ///   - right: `[inner, columns]`.
  ///   - bias: `[columns]`.
  ///   - device: The threads to compute on.
  /// - Returns: `[rows, columns]`.
  /// - Precondition: The extents fit.
  public static func product(
    _ left: Factor, _ right: Factor, plus bias: Tensor<Float>, on device: Device
  ) -> Tensor<Float> {
    let (rows, columns) = (left.rows, right.columns)
    precondition(bias.count == columns, "product: bias \(bias.shape) for \(columns) columns")
    return Tensor([rows, columns]) { result in
      withPointers(bias) { bias in
        for row in 0..<rows { (result + row * columns).initialize(from: bias, count: columns) }
      }
      multiply(left, right, into: result, keep: 1, on: device)
    }
  }

  /// Computes `result = left · right + keep · result`.
  private static func multiply(
    _ left: Factor, _ right: Factor, into result: UnsafeMutablePointer<Float>, keep: Float,
    on device: Device
  ) {
    precondition(
      left.columns == right.rows,
      "product: cannot multiply [\(left.rows)×\(left.columns)] by [\(right.rows)×\(right.columns)]")
    _ = oneThread
    let (first, firstOrder) = left.parts
    let (second, secondOrder) = right.parts
    withPointers(first, second) { firstPointer, secondPointer in
      cblas_sgemm(
        CblasRowMajor, firstOrder, secondOrder, blasint(left.rows), blasint(right.columns),
        blasint(left.columns), 1, firstPointer, blasint(first.shape.columns), secondPointer,
        blasint(second.shape.columns), keep, result, blasint(right.columns))
    }
  }
}

extension MatrixProduct.Factor {
  fileprivate var parts: (Tensor<Float>, CBLAS_TRANSPOSE) {
    switch self {
    case .plain(let tensor): (tensor, CblasNoTrans)
    case .transposed(let tensor): (tensor, CblasTrans)
    }
  }
}
