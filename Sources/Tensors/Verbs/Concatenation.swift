extension Tensor {
  /// Joins the columns of several tensors, one's after the other's.
  ///
  /// - Parameters:
  ///   - parts: At least one; `[…, columns]`, equal but for the columns.
  ///   - device: The threads to compute on.
  /// - Precondition: All have the same extents before the last.
  public init(concatenating parts: [Tensor], on device: Device) {
    precondition(!parts.isEmpty, "concatenation: of nothing")
    let outer = parts[0].shape.dimensions.dropLast()
    precondition(
      parts.allSatisfy { $0.shape.rank > 0 && $0.shape.dimensions.dropLast() == outer },
      "concatenation: \(parts.map(\.shape))")
    let width = parts.reduce(0) { $0 + $1.shape.columns }
    let pieces = Pieces(of: parts[0].shape.rows, smallest: max(1, (1 << 14) / max(1, width)))
    self.init(Shape(Array(outer) + [width])) { joined in
      var start = 0
      for part in parts {
        let columns = part.shape.columns
        withPointers(part) { part in
          device.forEach(pieces.count) { piece in
            for row in pieces[piece] {
              (joined + row * width + start).initialize(from: part + row * columns, count: columns)
            }
          }
        }
        start += columns
      }
    }
  }

  /// Some columns that follow one another: `[…, range.count]`.
  ///
  /// - Precondition: There are such columns.
  public func columns(_ range: Range<Int>, on device: Device) -> Tensor {
    let (rows, width) = (shape.rows, shape.columns)
    precondition(
      range.lowerBound >= 0 && range.upperBound <= width, "columns: \(range) of \(shape)")
    let pieces = Pieces(of: rows, smallest: max(1, (1 << 14) / max(1, width)))
    return Tensor(Shape(shape.dimensions.dropLast() + [range.count])) { taken in
      withPointers(self) { matrix in
        device.forEach(pieces.count) { piece in
          for row in pieces[piece] {
            (taken + row * range.count).initialize(
              from: matrix + row * width + range.lowerBound, count: range.count)
          }
        }
      }
    }
  }
}
