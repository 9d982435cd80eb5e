extension Tensor {
  /// Some rows of the matrix `[rows, columns]` that follow one another: `[range.count, columns]`.
  ///
  /// - Precondition: There are such rows.
  public func rows(_ range: Range<Int>) -> Tensor {
    let columns = shape.columns
    precondition(
      range.lowerBound >= 0 && range.upperBound <= shape.rows, "rows: \(range) of \(shape)")
    return Tensor([range.count, columns]) { selected in
      withPointers(self) {
        selected.initialize(from: $0 + range.lowerBound * columns, count: range.count * columns)
      }
    }
  }

  /// Rows of the matrix `[rows, columns]` in any order, also several times: `[indices.count,
  /// columns]`.
  ///
  /// - Precondition: There are such rows.
  public func gatheringRows(_ indices: [Int]) -> Tensor {
    let columns = shape.columns
    precondition(
      indices.allSatisfy((0..<shape.rows).contains), "gatheringRows: \(indices) of \(shape)")
    return Tensor([indices.count, columns]) { gathered in
      withPointers(self) { matrix in
        for (row, index) in indices.enumerated() {
          (gathered + row * columns).initialize(from: matrix + index * columns, count: columns)
        }
      }
    }
  }

  /// The transpose of `gatheringRows`: adds each row to that from which it was taken.
  ///
  /// - Parameters:
  ///   - indices: As for `gatheringRows`, one for each row of the tensor.
  ///   - shape: The shape of what was gathered from; other rows become 0.
  /// - Returns: The sums, of that shape.
  public func scatteringRows(_ indices: [Int], into shape: Shape) -> Tensor {
    let columns = shape.columns
    precondition(
      self.shape == [indices.count, columns], "scatteringRows: \(self.shape) into \(shape)")
    var sum = Tensor(zeros: shape)
    sum.withMutablePointer { sum in
      withPointers(self) { rows in
        for (row, index) in indices.enumerated() {
          Scalar.accumulate(rows + row * columns, count: columns, into: sum + index * columns)
        }
      }
    }
    return sum
  }

  /// The elements of every row at the indices given: `[…, indices.count]`.
  ///
  /// - Precondition: Rows have such elements.
  public func gathering(_ indices: [Int]) -> Tensor {
    let (rows, columns) = (shape.rows, shape.columns)
    precondition(
      indices.allSatisfy((0..<columns).contains), "gathering: \(indices) of rows of \(shape)")
    return Tensor(Shape(shape.dimensions.dropLast() + [indices.count])) { gathered in
      withPointers(self) { matrix in
        for row in 0..<rows {
          for (place, index) in indices.enumerated() {
            gathered[row * indices.count + place] = matrix[row * columns + index]
          }
        }
      }
    }
  }

  /// The transpose of `gathering`: adds each element to that from which it was taken.
  ///
  /// - Parameters:
  ///   - indices: As for `gathering`.
  ///   - shape: The shape of what was gathered from; other elements become 0.
  /// - Returns: The sums, of that shape.
  public func scattering(_ indices: [Int], into shape: Shape) -> Tensor {
    let (rows, columns) = (shape.rows, shape.columns)
    precondition(
      count == rows * indices.count, "scattering: \(self.shape) at \(indices) into \(shape)")
    var sum = Tensor(zeros: shape)
    sum.withMutablePointer { sum in
      withPointers(self) { elements in
        for row in 0..<rows {
          for (place, index) in indices.enumerated() {
            sum[row * columns + index] += elements[row * indices.count + place]
          }
        }
      }
    }
    return sum
  }
}
