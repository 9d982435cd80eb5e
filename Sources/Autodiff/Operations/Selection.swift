import Tensors

extension Variable {
  /// Row `index` of the matrix `[rows, columns]`: `[columns]`.
  ///
  /// - Precondition: There is such a row.
  public func row(_ index: Int) -> Variable {
    let columns = shape.columns
    precondition((0..<shape.rows).contains(index), "row: \(index) of \(shape)")
    return tape.record(
      value.rows(index..<index + 1).reshaped([columns]), from: [self]
    ) { gradient in
      self.accumulate(gradient, at: index * columns)
    }
  }

  /// Some rows of the matrix `[rows, columns]` that follow one another: `[range.count, columns]`.
  ///
  /// - Precondition: There are such rows.
  public func rows(_ range: Range<Int>) -> Variable {
    let columns = shape.columns
    return tape.record(value.rows(range), from: [self]) { gradient in
      self.accumulate(gradient, at: range.lowerBound * columns)
    }
  }

  /// The elements of every row at the indices given.
  ///
  /// - Parameter indices: Positions in a row.
  /// - Returns: `[…, indices.count]`; a vector is one row.
  public func gathering(_ indices: [Int]) -> Variable {
    tape.record(value.gathering(indices), from: [self]) { gradient in
      self.accumulate(gradient.scattering(indices, into: self.shape))
    }
  }

  /// Rows of the matrix `[rows, columns]` in any order, also several times.
  ///
  /// - Parameter indices: For each row of the result, that of the matrix.
  /// - Returns: `[indices.count, columns]`.
  public func gatheringRows(_ indices: [Int]) -> Variable {
    tape.record(value.gatheringRows(indices), from: [self]) { gradient in
      self.accumulate(gradient.scatteringRows(indices, into: self.shape))
    }
  }
}
