extension Tensor {
  /// The sum of the elements' squares, in double precision; single-precision ones never overflow
  /// it.
  public var sumOfSquares: Double {
    withPointers(self) { Scalar.sumOfSquares($0, count: count) }
  }

  /// Whether no element is infinite or NaN.
  public var isFinite: Bool {
    withPointers(self) { Scalar.areFinite($0, count: count) }
  }

  /// The sum of the rows of the matrix `[rows, columns]`, added in their order: `[columns]`.
  public func sumOfRows(on device: Device) -> Tensor {
    let (rows, columns) = (shape.rows, shape.columns)
    guard rows > 0 else { return Tensor(zeros: [columns]) }
    let pieces = Pieces(of: columns, smallest: 1 << 10)
    return Tensor([columns]) { sum in
      withPointers(self) { matrix in
        device.forEach(pieces.count) { piece in
          let (start, count) = (pieces[piece].lowerBound, pieces[piece].count)
          (sum + start).initialize(from: matrix + start, count: count)
          for row in 1..<rows {
            Scalar.accumulate(matrix + row * columns + start, count: count, into: sum + start)
          }
        }
      }
    }
  }
}

extension Tensor {
  /// The sum of many rows of the matrix `[rows, columns]`: `[columns]`.
  ///
  /// Rows are summed in pieces, and the pieces' sums added in their order.
  public func sumOfManyRows(on device: Device) -> Tensor {
    let columns = shape.columns
    let pieces = Pieces(of: shape.rows, smallest: max(1, (1 << 15) / max(1, columns)))
    guard pieces.count > 1 else { return sumOfRows(on: device) }
    let partial = Tensor([pieces.count, columns]) { sums in
      withPointers(self) { matrix in
        device.forEach(pieces.count) { piece in
          let sum = sums + piece * columns
          sum.initialize(from: matrix + pieces[piece].lowerBound * columns, count: columns)
          for row in pieces[piece].dropFirst() {
            Scalar.accumulate(matrix + row * columns, count: columns, into: sum)
          }
        }
      }
    }
    return partial.sumOfRows(on: device)
  }
}

extension Tensor<Float> {
  /// The sum of the rows in double precision, added in their order: `[columns]`.
  public func preciseSumOfRows(on device: Device) -> Tensor<Double> {
    let (rows, columns) = (shape.rows, shape.columns)
    let pieces = Pieces(of: columns, smallest: 512)
    return Tensor<Double>([columns]) { sum in
      withPointers(self) { matrix in
        device.forEach(pieces.count) { piece in
          for column in pieces[piece] { sum[column] = 0 }
          for row in 0..<rows {
            let matrix = matrix + row * columns
            for column in pieces[piece] { sum[column] += Double(matrix[column]) }
          }
        }
      }
    }
  }

  /// The number of rows whose largest element is that of their label alone.
  ///
  /// NaN beats nothing and nothing beats NaN: a row with one does not count.
  ///
  /// - Parameter labels: One column for each row of the matrix `[rows, columns]`.
  /// - Returns: From 0 to the number of rows.
  /// - Precondition: There is one label for each row.
  public func countOfRows(largestAt labels: [Int32]) -> Int {
    let columns = shape.columns
    precondition(labels.count == shape.rows, "countOfRows: \(labels.count) labels for \(shape)")
    return withPointers(self) { matrix in
      zip(0..., labels).count { row, label in
        let scores = UnsafeBufferPointer(start: matrix + row * columns, count: columns)
        let own = scores[Int(label)]
        return scores.indices.allSatisfy { $0 == Int(label) || scores[$0] < own }
      }
    }
  }
}
