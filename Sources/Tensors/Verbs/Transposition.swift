extension Tensor {
  /// The transpose of the matrix `[rows, columns]` that the tensor is.
  ///
  /// - Parameter device: The threads to compute on.
  /// - Returns: `[columns, rows]`.
  public func transposed(on device: Device) -> Tensor {
    let (rows, columns) = (shape.rows, shape.columns)
    // Tiles small enough that those read and written stay in the first-level cache.
    let side = 32
    let across = (columns + side - 1) / side
    let tiles = (rows + side - 1) / side * across
    let pieces = Pieces(of: tiles, smallest: 16)
    return Tensor([columns, rows]) { result in
      withPointers(self) { matrix in
        device.forEach(pieces.count) { piece in
          for tile in pieces[piece] {
            let (top, left) = (tile / across * side, tile % across * side)
            for column in left..<min(left + side, columns) {
              let target = result + column * rows
              for row in top..<min(top + side, rows) {
                target[row] = matrix[row * columns + column]
              }
            }
          }
        }
      }
    }
  }
}
