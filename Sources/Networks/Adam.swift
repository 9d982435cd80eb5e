import Tensors

/// Adam with L2 weight decay added to the gradient ("coupled"), as PyTorch's `Adam` defines it.
///
/// Source: Kingma and Ba, 2015, algorithm 1, with `g + λ·w` in place of `g`.
public struct Adam<Scalar: TensorScalar> {
  /// Decay of the mean of gradients and of their squares.
  public let betas: (mean: Scalar, square: Scalar)
  /// λ.
  public let weightDecay: Scalar
  /// Added to the root of the mean square.
  public let epsilon: Scalar
  /// The number of steps taken.
  public var steps = 0
  /// Mean gradients, one tensor for each parameter; empty before the first step.
  public var means: [Tensor<Scalar>] = []
  /// Mean squared gradients, one tensor for each parameter; empty before the first step.
  public var squares: [Tensor<Scalar>] = []

  /// Makes an optimizer that has not stepped yet.
  public init(
    betas: (mean: Scalar, square: Scalar) = (0.9, 0.999), weightDecay: Scalar = 0,
    epsilon: Scalar = 1e-8
  ) {
    self.betas = betas
    self.weightDecay = weightDecay
    self.epsilon = epsilon
  }

  /// Moves every parameter against its gradient.
  ///
  /// - Parameters:
  ///   - parameters: The tensors that move.
  ///   - gradients: One for each of them, of its shape.
  ///   - learningRate: η.
  public mutating func step(
    _ parameters: inout [Tensor<Scalar>], gradients: [Tensor<Scalar>], learningRate: Scalar
  ) {
    precondition(
      parameters.count == gradients.count,
      "step: \(gradients.count) gradients for \(parameters.count) parameters")
    if means.isEmpty {
      means = gradients.map { Tensor(zeros: $0.shape) }
      squares = means
    }
    steps += 1
    let meanBias = 1 - power(betas.mean, steps)
    let squareBias = 1 - power(betas.square, steps)
    for index in parameters.indices {
      let count = parameters[index].count
      let (betas, weightDecay, epsilon) = (betas, weightDecay, epsilon)
      parameters[index].withMutablePointer { weights in
        means[index].withMutablePointer { means in
          squares[index].withMutablePointer { squares in
            withPointers(gradients[index]) { gradients in
              for element in 0..<count {
                let slope = gradients[element] + weightDecay * weights[element]
                means[element] = betas.mean * means[element] + (1 - betas.mean) * slope
                squares[element] =
                  betas.square * squares[element] + (1 - betas.square) * slope * slope
                let root = (squares[element] / squareBias).squareRoot() + epsilon
                weights[element] -= learningRate * (means[element] / meanBias) / root
              }
            }
          }
        }
      }
    }
  }

  /// `base` to a positive whole power, by repeated squaring.
  private func power(_ base: Scalar, _ exponent: Int) -> Scalar {
    guard exponent > 0 else { return 1 }
    let half = power(base, exponent / 2)
    return exponent % 2 == 0 ? half * half : half * half * base
  }
}
