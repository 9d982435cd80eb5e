import CKernels

extension Tensor {
  /// Adds a tensor of the same shape.
  ///
  /// - Precondition: the shapes are equal.
  public mutating func add(_ other: Tensor, on device: Device) {
    precondition(shape == other.shape, "add: \(other.shape) to \(shape)")
    let count = self.count
    withMutablePointer { sum in
      withPointers(other) { part in
        device.forEachPiece(of: count) { piece in
          Scalar.accumulate(
            part + piece.lowerBound, count: piece.count, into: sum + piece.lowerBound)
        }
      }
    }
  }

  /// Adds a tensor to a stretch of the elements.
  ///
  /// - Parameters:
  ///   - part: What is added to the elements from `offset` on, in row-major order.
  ///   - offset: The index of the first of these elements.
  /// - Precondition: The stretch lies within the tensor.
  public mutating func add(_ part: Tensor, at offset: Int) {
    precondition(
      offset >= 0 && offset + part.count <= count,
      "add: \(part.count) elements at \(offset) of \(shape)")
    withMutablePointer { sum in
      withPointers(part) { Scalar.accumulate($0, count: part.count, into: sum + offset) }
    }
  }
}

extension Tensor<Float> {
  /// The sum with a tensor of the same shape.
  ///
  /// - Precondition: the shapes are equal.
  public func adding(_ other: Tensor, on device: Device) -> Tensor {
    precondition(shape == other.shape, "adding: \(other.shape) to \(shape)")
    return Tensor(shape) { sum in
      withPointers(self, other) { first, second in
        device.forEachPiece(of: count) { piece in
          let start = piece.lowerBound
          grafs_add(first + start, second + start, piece.count, sum + start)
        }
      }
    }
  }
}
