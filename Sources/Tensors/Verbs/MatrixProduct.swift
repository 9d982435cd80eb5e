/// Matrix products by OpenBLAS, one BLAS thread per call.
///
/// OpenBLAS's own threads change the last bits of most products, so large products are cut above
/// it, by a split that does not depend on the number of threads.
public enum MatrixProduct {
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

  /// Loads OpenBLAS, and has it take the memory that it needs for products on so many threads; a
  /// product does the same, but where that fails it can only end the process.
  ///
  /// - Parameter device: The threads to compute on.
  /// - Throws: `MissingResource`.
  public static func prepare(on device: Device) throws(MissingResource) {
    try OpenBLAS.library().prepare(threads: min(mostPieces, device.threadCount))
  }

  private static func blas(for device: Device) -> OpenBLAS {
    do throws(MissingResource) {
      try prepare(on: device)
      return try OpenBLAS.library()
    } catch {
      error.endProcess()
    }
  }

  /// The build of OpenBLAS in use and the processor it chose, for the record of a run; nil where
  /// there is none.
  public static var library: String? { try? OpenBLAS.library().build }

  /// The processor family for which OpenBLAS chose its kernels, such as `SkylakeX`.
  public static var core: String? { try? OpenBLAS.library().core }

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
    let blas = blas(for: device)
    let (rows, columns, inner) = (left.rows, right.columns, left.columns)
    let (first, firstOrder) = left.parts
    let (second, secondOrder) = right.parts
    let isTall = rows >= columns
    let pieces = Self.pieces(of: isTall ? rows : columns, products: rows * columns * inner)
    withPointers(first, second) { firstStart, secondStart in
      device.forEach(pieces.count) { piece in
        let start = pieces[piece].lowerBound * tile
        let end = min(pieces[piece].upperBound * tile, isTall ? rows : columns)
        let (top, side) = isTall ? (start, 0) : (0, start)
        let height = isTall ? end - start : rows
        blas.product(
          OpenBLAS.rowMajor, firstOrder.rawValue, secondOrder.rawValue, Int32(height),
          Int32(isTall ? columns : end - start), Int32(inner), 1,
          firstStart + (firstOrder == .plain ? top * inner : top), Int32(first.shape.columns),
          secondStart + (secondOrder == .plain ? side : side * inner),
          Int32(second.shape.columns), keep, result + top * columns + side, Int32(columns))
      }
    }
  }

  /// Rows or columns that BLAS handles together; no piece ends within them.
  private static let tile = 16

  /// How many pieces a product has at most, and so how many calls of BLAS there are at once.
  private static let mostPieces = 32

  /// Cuts the longer side of a result, in tiles: each piece has a million products, enough to pay
  /// for laying the other factor out anew. No sum is cut.
  private static func pieces(of extent: Int, products: Int) -> Pieces {
    let tiles = (extent + tile - 1) / tile
    let most = max(1, min(mostPieces, products >> 20))
    return Pieces(of: tiles, most: most)
  }
}

extension MatrixProduct.Factor {
  fileprivate var parts: (Tensor<Float>, OpenBLAS.Order) {
    switch self {
    case .plain(let tensor): (tensor, .plain)
    case .transposed(let tensor): (tensor, .transposed)
    }
  }
}
