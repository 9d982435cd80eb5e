extension MatrixProduct {
  /// Computes `result = left · right`, or adds the product to it, one BLAS thread per call.
  ///
  /// OpenBLAS's own threads change the last bits of most products, so large products are cut above
  /// it, by a split that does not depend on the number of threads.
  static func multiplyByBLAS(
    _ left: Factor, _ right: Factor, into result: UnsafeMutablePointer<Float>, adds: Bool,
    on device: Device
  ) {
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
          Int32(second.shape.columns), adds ? 1 : 0, result + top * columns + side, Int32(columns))
      }
    }
  }

  /// Has OpenBLAS take the memory that it needs for products on so many threads.
  static func prepareBLAS(on device: Device) throws(MissingResource) {
    try OpenBLAS.library().prepare(threads: min(mostPieces, device.threadCount))
  }

  private static func blas(for device: Device) -> OpenBLAS {
    do throws(MissingResource) {
      try prepareBLAS(on: device)
      return try OpenBLAS.library()
    } catch {
      error.endProcess()
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
