import CKernels

extension MatrixProduct {
  /// A product cut into blocks that stay in a core's caches.
  ///
  /// A block of the right factor, laid out in tiles of columns, meets one block of rows of the left
  /// factor after another. A sum over a block of the inner extent is added to those before it, so
  /// bits depend on the extents alone, not on how rows and columns are shared out, nor on which of
  /// the two instruction sets multiplies.
  struct Blocks {
    /// The inner extent of a block: with its columns a quarter of a megabyte, what a second-level
    /// cache holds beside the rows. Short sums are also the more exact.
    private static let innerBlock = 256
    private static let columnBlock = 256
    /// The rows that meet a block of the right factor together.
    private static let rowBlock = 96

    private let left: (tensor: Tensor<Float>, rowStep: Int, columnStep: Int)
    private let right: (tensor: Tensor<Float>, rowStep: Int, columnStep: Int)
    private let rows: Int
    private let columns: Int
    private let inner: Int
    private let adds: Bool

    /// Prepares a product.
    ///
    /// - Parameters:
    ///   - left: `[rows, inner]`.
    ///   - right: `[inner, columns]`.
    ///   - adds: Whether the product is added to what is there.
    init(_ left: Factor, _ right: Factor, adds: Bool) {
      (self.left, self.right) = (left.layout, right.layout)
      (rows, columns, inner) = (left.rows, right.columns, left.columns)
      self.adds = adds
    }

    /// Computes it into `result`, `[rows, columns]`.
    func multiply(into result: UnsafeMutablePointer<Float>, on device: Device) {
      guard inner > 0 else {
        if !adds { result.initialize(repeating: 0, count: rows * columns) }
        return
      }
      let (rowPieces, columnPieces) = pieces
      let depth = min(inner, Self.innerBlock)
      let width = (columns + columnPieces.count - 1) / columnPieces.count
      let packedCount = grafs_product_packed_count(depth, width)
      let turnedCount = left.columnStep == 1 ? 0 : Self.rowBlock * depth
      withPointers(left.tensor, right.tensor) { left, right in
        device.forEach(rowPieces.count * columnPieces.count) { piece in
          _ = Tensor<Float>([packedCount + turnedCount]) { scratch in
            multiply(
              left, right, rows: rowPieces[piece / columnPieces.count],
              columns: columnPieces[piece % columnPieces.count], scratch: scratch, into: result)
          }
        }
      }
    }

    /// Rows and columns cut into pieces, each of which lays out its own part of the right factor.
    ///
    /// A million products are enough to wake a thread for. Many rows for each piece are best: for
    /// 384 a layout costs a fifteenth of the products, for 96 a fourth. So the rows are cut finer,
    /// then the columns, until there are pieces for eight threads.
    private var pieces: (rows: Pieces, columns: Pieces) {
      let most = max(1, min(32, (rows * columns * inner) >> 20))
      var (leastRows, width) = (384, Self.columnBlock)
      while true {
        let columnPieces = Pieces(of: columns, most: (columns + width - 1) / width)
        let rowPieces = Pieces(
          of: rows, smallest: leastRows, most: max(1, most / columnPieces.count))
        if rowPieces.count * columnPieces.count >= min(most, 8) || width <= 64 {
          return (rowPieces, columnPieces)
        }
        if leastRows > 96 { leastRows /= 2 } else { width /= 2 }
      }
    }

    /// Computes some rows and columns of the result.
    private func multiply(
      _ leftStart: UnsafePointer<Float>, _ rightStart: UnsafePointer<Float>, rows: Range<Int>,
      columns: Range<Int>, scratch: UnsafeMutablePointer<Float>,
      into result: UnsafeMutablePointer<Float>
    ) {
      for start in stride(from: 0, to: inner, by: Self.innerBlock) {
        let depth = min(Self.innerBlock, inner - start)
        grafs_product_pack(
          rightStart + start * right.rowStep + columns.lowerBound * right.columnStep,
          right.rowStep, right.columnStep, depth, columns.count, scratch)
        let turned = scratch + grafs_product_packed_count(depth, columns.count)
        for top in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.rowBlock) {
          let height = min(Self.rowBlock, rows.upperBound - top)
          var block = leftStart + top * left.rowStep + start * left.columnStep
          var steps = (row: left.rowStep, inner: left.columnStep)
          if left.columnStep != 1 {
            // Columns that are far apart would lie in the same lines of the cache.
            for index in 0..<depth {
              (turned + index * height).update(from: block + index * left.columnStep, count: height)
            }
            (block, steps) = (UnsafePointer(turned), (1, height))
          }
          grafs_product(
            height, columns.count, depth, block, steps.row, steps.inner, scratch,
            adds || start > 0, result + top * self.columns + columns.lowerBound, self.columns)
        }
      }
    }
  }
}
