import CKernels

extension Tensor<Float> {
  /// A step of gradient descent with momentum and coupled weight decay:
  /// `v = momentum · v + (gradient + decay · w)`, then `w −= rate · v`, where w is the tensor.
  ///
  /// - Parameters:
  ///   - velocity: v, of the tensor's shape.
  ///   - gradient: Of the tensor's shape.
  ///   - rate: The learning rate.
  ///   - momentum: How much of v stays.
  ///   - decay: The weight decay.
  ///   - device: The threads to compute on.
  /// - Precondition: The shapes are equal.
  public mutating func momentumStep(
    velocity: inout Tensor, gradient: Tensor, rate: Float, momentum: Float, decay: Float,
    on device: Device
  ) {
    precondition(
      velocity.shape == shape && gradient.shape == shape,
      "momentumStep: \(shape) with velocity \(velocity.shape), gradient \(gradient.shape)")
    let count = self.count
    withMutablePointer { weights in
      velocity.withMutablePointer { velocity in
        withPointers(gradient) { gradient in
          device.forEachPiece(of: count) { piece in
            let start = piece.lowerBound
            grafs_momentum_step(
              gradient + start, piece.count, rate, momentum, decay, velocity + start,
              weights + start)
          }
        }
      }
    }
  }
}

/// The numbers of one step of Adam.
///
/// Source: Kingma and Ba, 2015, algorithm 1; decay as L2 ("coupled").
public struct AdamStep<Scalar: TensorScalar>: Sendable {
  /// The learning rate.
  public var rate: Scalar
  /// Decay of the mean of gradients and of their squares.
  public var betas: (mean: Scalar, square: Scalar)
  /// `1 − betaᵗ` of both at step t, by which the means are divided.
  public var corrections: (mean: Scalar, square: Scalar)
  /// The weight decay, added to the gradient.
  public var decay: Scalar
  /// Added to the root of the mean square.
  public var epsilon: Scalar

  /// Makes a step of these numbers.
  public init(
    rate: Scalar, betas: (mean: Scalar, square: Scalar),
    corrections: (mean: Scalar, square: Scalar), decay: Scalar, epsilon: Scalar
  ) {
    self.rate = rate
    self.betas = betas
    self.corrections = corrections
    self.decay = decay
    self.epsilon = epsilon
  }
}

extension Tensor {
  /// A step of Adam.
  ///
  /// - Parameters:
  ///   - mean: Of the gradients, of the tensor's shape.
  ///   - square: Mean of the squared gradients, of the tensor's shape.
  ///   - gradient: Of the tensor's shape.
  ///   - step: The numbers of the step.
  ///   - device: The threads to compute on; nil for the caller's alone.
  /// - Precondition: The shapes are equal.
  public mutating func adamStep(
    mean: inout Tensor, square: inout Tensor, gradient: Tensor, _ step: AdamStep<Scalar>,
    on device: Device? = nil
  ) {
    precondition(
      mean.shape == shape && square.shape == shape && gradient.shape == shape,
      "adamStep: \(shape) with mean \(mean.shape), square \(square.shape), gradient "
        + "\(gradient.shape)")
    let count = self.count
    withMutablePointer { weights in
      mean.withMutablePointer { mean in
        square.withMutablePointer { square in
          withPointers(gradient) { gradient in
            func move(_ piece: Range<Int>) {
              let start = piece.lowerBound
              Scalar.adamStep(
                gradient + start, count: piece.count, step, mean: mean + start,
                square: square + start, weights: weights + start)
            }
            if let device {
              device.forEachPiece(of: count, move)
            } else {
              move(0..<count)
            }
          }
        }
      }
    }
  }
}

extension TensorScalar {
  /// A step of Adam over a stretch of elements.
  @inline(__always)
  static func adamLoop(
    _ gradient: UnsafePointer<Self>, count: Int, _ step: AdamStep<Self>,
    mean: UnsafeMutablePointer<Self>, square: UnsafeMutablePointer<Self>,
    weights: UnsafeMutablePointer<Self>
  ) {
    for element in 0..<count {
      let slope = gradient[element] + step.decay * weights[element]
      mean[element] = step.betas.mean * mean[element] + (1 - step.betas.mean) * slope
      square[element] =
        step.betas.square * square[element] + (1 - step.betas.square) * slope * slope
      let root = (square[element] / step.corrections.square).squareRoot() + step.epsilon
      weights[element] -= step.rate * (mean[element] / step.corrections.mean) / root
    }
  }
}
