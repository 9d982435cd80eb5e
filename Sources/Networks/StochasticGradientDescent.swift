import CKernels
import Tensors

/// Gradient descent with momentum and L2 weight decay, as PyTorch's `SGD` defines it:
/// `v = μ·v + (g + λ·w); w −= η·v`, the first `v` being `g + λ·w`; λ is 0 for parameters that are
/// not decayed.
public struct StochasticGradientDescent {
  /// μ.
  public let momentum: Float
  /// λ.
  public let weightDecay: Float
  /// The largest norm of a step's gradients, all parameters together; longer ones are scaled down to
  /// it (Pascanu, Mikolov, Bengio, 2013); infinite for none.
  public var gradientClip: Double
  /// v, one tensor for each parameter; empty before the first step.
  public var velocities: [Tensor<Float>] = []

  /// Makes an optimizer that has not stepped yet.
  public init(momentum: Float, weightDecay: Float, gradientClip: Double = .infinity) {
    precondition(gradientClip > 0, "StochasticGradientDescent: gradientClip \(gradientClip)")
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.gradientClip = gradientClip
  }

  /// Moves every parameter of `network` against its gradient.
  ///
  /// - Parameters:
  ///   - network: Whose parameters move.
  ///   - gradients: One for each parameter, in their order.
  ///   - learningRate: η.
  ///   - device: The threads to compute on.
  public mutating func step(
    _ network: inout some Parameterized, gradients: [Tensor<Float>], learningRate: Float,
    device: Device
  ) {
    if velocities.isEmpty { velocities = gradients.map { Tensor(zeros: $0.shape) } }
    precondition(
      velocities.count == gradients.count,
      "step: \(gradients.count) gradients for \(velocities.count) parameters")
    let gradients = clipped(gradients)
    var index = 0
    network.visitParameters { _, parameter in
      update(
        &parameter.value, velocity: &velocities[index], gradient: gradients[index],
        learningRate: learningRate, weightDecay: parameter.isDecayed ? weightDecay : 0,
        device: device)
      index += 1
    }
  }

  private func clipped(_ gradients: [Tensor<Float>]) -> [Tensor<Float>] {
    guard gradientClip < .infinity else { return gradients }
    let norm = gradients.reduce(0) { $0 + $1.sumOfSquares }.squareRoot()
    guard norm > gradientClip else { return gradients }
    return gradients.map { gradient in
      var gradient = gradient
      gradient.scale(by: Float(gradientClip / norm))
      return gradient
    }
  }

  private func update(
    _ weights: inout Tensor<Float>, velocity: inout Tensor<Float>, gradient: Tensor<Float>,
    learningRate: Float, weightDecay: Float, device: Device
  ) {
    let count = weights.count
    weights.withMutablePointer { weights in
      velocity.withMutablePointer { velocity in
        withPointers(gradient) { gradient in
          device.forEachPiece(of: count) { piece in
            let start = piece.lowerBound
            grafs_momentum_step(
              gradient + start, piece.count, learningRate, momentum, weightDecay,
              velocity + start, weights + start)
          }
        }
      }
    }
  }
}
