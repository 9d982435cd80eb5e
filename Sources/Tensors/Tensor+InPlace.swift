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

  /// Multiplies every element.
  public mutating func scale(by factor: Scalar) {
    let count = self.count
    withMutablePointer { Scalar.scale($0, count: count, by: factor) }
  }

  /// The sum of the elements' squares, in double precision; single-precision ones never overflow it.
  public var sumOfSquares: Double {
    withPointers(self) { Scalar.sumOfSquares($0, count: count) }
  }

  /// Whether no element is infinite or NaN.
  public var isFinite: Bool {
    withPointers(self) { Scalar.areFinite($0, count: count) }
  }
}
