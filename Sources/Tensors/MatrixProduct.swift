import COpenBLAS

/// Matrix products by OpenBLAS, one BLAS thread per call.
///
/// OpenBLAS's own threads change the last bits of most products, so loops over products are
/// parallelized above it, by a split that does not depend on the number of threads.
public enum MatrixProduct {
  private static let oneThread: Void = openblas_set_num_threads(1)

  /// Whether a factor is read as it lies or with rows and columns exchanged.
  public enum Orientation: Sendable {
    /// As it lies in memory.
    case plain
    /// Transposed.
    case transposed

    fileprivate var flag: CBLAS_TRANSPOSE { self == .plain ? CblasNoTrans : CblasTrans }
  }

  /// The build of OpenBLAS in use and the processor it chose, for the record of a run.
  public static var library: String { String(cString: openblas_get_config()) }

  /// The processor family for which OpenBLAS chose its kernels, such as `SkylakeX`.
  public static var core: String { String(cString: openblas_get_corename()) }

  /// Computes `result = left · right + keep · result` in single precision.
  ///
  /// - Parameters:
  ///   - left: `[rows, inner]`, or `[inner, rows]` when transposed.
  ///   - right: `[inner, columns]`, or `[columns, inner]` when transposed.
  ///   - result: `[rows, columns]`.
  ///   - keep: 0 replaces the result, 1 adds to it.
  public static func multiply(
    _ left: UnsafePointer<Float>, _ leftOrientation: Orientation = .plain,
    _ right: UnsafePointer<Float>, _ rightOrientation: Orientation = .plain,
    rows: Int, inner: Int, columns: Int, into result: UnsafeMutablePointer<Float>, keep: Float = 0
  ) {
    _ = oneThread
    cblas_sgemm(
      CblasRowMajor, leftOrientation.flag, rightOrientation.flag,
      blasint(rows), blasint(columns), blasint(inner), 1,
      left, blasint(leftOrientation == .plain ? inner : rows),
      right, blasint(rightOrientation == .plain ? columns : inner),
      keep, result, blasint(columns))
  }

  /// Computes `result = left · right + keep · result` in double precision.
  ///
  /// - Parameters:
  ///   - left: `[rows, inner]`, or `[inner, rows]` when transposed.
  ///   - right: `[inner, columns]`, or `[columns, inner]` when transposed.
  ///   - result: `[rows, columns]`.
  ///   - keep: 0 replaces the result, 1 adds to it.
  public static func multiply(
    _ left: UnsafePointer<Double>, _ leftOrientation: Orientation = .plain,
    _ right: UnsafePointer<Double>, _ rightOrientation: Orientation = .plain,
    rows: Int, inner: Int, columns: Int, into result: UnsafeMutablePointer<Double>,
    keep: Double = 0
  ) {
    _ = oneThread
    cblas_dgemm(
      CblasRowMajor, leftOrientation.flag, rightOrientation.flag,
      blasint(rows), blasint(columns), blasint(inner), 1,
      left, blasint(leftOrientation == .plain ? inner : rows),
      right, blasint(rightOrientation == .plain ? columns : inner),
      keep, result, blasint(columns))
  }
}
