import COpenBLAS

/// Matrix products by OpenBLAS, one BLAS thread per call.
///
/// OpenBLAS's own threads change the last bits of most products, so loops over products are
/// parallelized above it, by a split that does not depend on the number of threads.
public enum MatrixProduct {
  private static let oneThread: Void = openblas_set_num_threads(1)

  /// A factor of a product.
  public enum Factor {
    /// Read as it lies in memory.
    case plain(UnsafePointer<Float>)
    /// Read with rows and columns exchanged.
    case transposed(UnsafePointer<Float>)
  }

  /// The build of OpenBLAS in use and the processor it chose, for the record of a run.
  public static var library: String { String(cString: openblas_get_config()) }

  /// The processor family for which OpenBLAS chose its kernels, such as `SkylakeX`.
  public static var core: String { String(cString: openblas_get_corename()) }

  /// Computes `result = left · right + keep · result`.
  ///
  /// - Parameters:
  ///   - left: `[rows, inner]`; lies in memory as `[inner, rows]` when transposed.
  ///   - right: `[inner, columns]`; lies in memory as `[columns, inner]` when transposed.
  ///   - rows: Rows of the result.
  ///   - inner: The extent summed over.
  ///   - columns: Columns of the result.
  ///   - result: `[rows, columns]`.
  ///   - keep: 0 replaces the result, 1 adds to it.
  public static func multiply(
    _ left: Factor, _ right: Factor, rows: Int, inner: Int, columns: Int,
    into result: UnsafeMutablePointer<Float>, keep: Float = 0
  ) {
    _ = oneThread
    let (first, firstOrder) = left.parts
    let (second, secondOrder) = right.parts
    cblas_sgemm(
      CblasRowMajor, firstOrder, secondOrder, blasint(rows), blasint(columns), blasint(inner), 1,
      first, blasint(firstOrder == CblasNoTrans ? inner : rows),
      second, blasint(secondOrder == CblasNoTrans ? columns : inner),
      keep, result, blasint(columns))
  }
}

extension MatrixProduct.Factor {
  fileprivate var parts: (UnsafePointer<Float>, CBLAS_TRANSPOSE) {
    switch self {
    case .plain(let pointer): (pointer, CblasNoTrans)
    case .transposed(let pointer): (pointer, CblasTrans)
    }
  }
}
