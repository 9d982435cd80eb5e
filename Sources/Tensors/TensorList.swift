extension Array {
  /// Adds another list of tensors of the same shapes; an empty list takes them over.
  public mutating func add<Scalar>(
    _ others: [Tensor<Scalar>], on device: Device
  ) where Element == Tensor<Scalar> {
    guard !isEmpty else { return self = others }
    precondition(count == others.count, "add: \(others.count) tensors to \(count)")
    for index in indices { self[index].add(others[index], on: device) }
  }

  /// Multiplies every element of every tensor.
  public mutating func scale<Scalar>(by factor: Scalar) where Element == Tensor<Scalar> {
    for index in indices { self[index].scale(by: factor) }
  }
}
