extension Tensor {
  /// Multiplies every element.
  public mutating func scale(by factor: Scalar) {
    let count = self.count
    withMutablePointer { Scalar.scale($0, count: count, by: factor) }
  }

  /// Takes over some columns of a matrix of the same shape.
  ///
  /// - Parameters:
  ///   - columns: Indices in a row.
  ///   - other: Of the same shape.
  /// - Precondition: The shapes are equal.
  public mutating func replace(columns: [Int], from other: Tensor) {
    precondition(shape == other.shape, "replace: \(other.shape) in \(shape)")
    let (rows, width) = (shape.rows, shape.columns)
    withMutablePointer { elements in
      withPointers(other) { replacements in
        for row in 0..<rows {
          for column in columns {
            elements[row * width + column] = replacements[row * width + column]
          }
        }
      }
    }
  }
}

extension Tensor<Float> {
  /// Adds `distance` times `direction`.
  ///
  /// - Precondition: The shapes are equal.
  public mutating func move(along direction: Tensor, by distance: Float, on device: Device) {
    precondition(shape == direction.shape, "move: \(shape) along \(direction.shape)")
    let count = self.count
    withMutablePointer { elements in
      withPointers(direction) { direction in
        device.forEachPiece(of: count) { piece in
          for index in piece { elements[index] += distance * direction[index] }
        }
      }
    }
  }

  /// Moves every element towards `factor` times that of `target`, by the fraction `step`.
  ///
  /// - Precondition: The shapes are equal.
  public mutating func move(towards target: Tensor, times factor: Float, by step: Float) {
    precondition(shape == target.shape, "move: \(shape) towards \(target.shape)")
    let count = self.count
    withMutablePointer { elements in
      withPointers(target) { target in
        for index in 0..<count {
          elements[index] += step * (factor * target[index] - elements[index])
        }
      }
    }
  }
}
