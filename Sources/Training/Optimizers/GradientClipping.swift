import Tensors

extension [Tensor<Float>] {
  /// The gradients, scaled down to a norm where theirs, all tensors together, is larger (Pascanu,
  /// Mikolov, Bengio, 2013; PyTorch's `clip_grad_norm_`).
  package func clipped(toNorm largest: Double) -> [Tensor<Float>] {
    let norm = reduce(0) { $0 + $1.sumOfSquares }.squareRoot()
    guard norm > largest else { return self }
    var clipped = self
    clipped.scale(by: Float(largest / norm))
    return clipped
  }
}
