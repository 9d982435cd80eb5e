import Tensors

/// The record of a computation, from which gradients are pulled back to its beginnings.
///
/// Operations run at once; those that a gradient must pass leave a pullback on the tape. A tape
/// serves one pass: make it, compute, pull back once, and let it go. It belongs to one thread.
///
/// Variables do not keep their tape alive.
public final class Tape {
  /// The threads on which the operations of this tape run.
  public let device: Device

  private var pullbacks: [() -> Void] = []

  /// Begins an empty tape.
  public init(device: Device) {
    self.device = device
  }

  /// A value without gradient: data, or a parameter that this pass leaves alone.
  public func constant<Scalar>(_ value: Tensor<Scalar>) -> Variable<Scalar> {
    Variable(value, tape: self, needsGradient: false)
  }

  /// A value whose gradient is wanted.
  public func parameter<Scalar>(_ value: Tensor<Scalar>) -> Variable<Scalar> {
    Variable(value, tape: self, needsGradient: true)
  }

  /// Puts the result of an operation on the tape.
  ///
  /// - Parameters:
  ///   - value: The result.
  ///   - parents: The variables it was computed from.
  ///   - pullback: Takes the gradient of the loss by `value`, of its shape, and accumulates into
  ///     those parents that need a gradient. Kept only if one of them does.
  /// - Returns: The result as a variable; a constant if no parent needs a gradient.
  public func record<Scalar>(
    _ value: Tensor<Scalar>, from parents: [any AnyVariable],
    pullback: @escaping (Tensor<Scalar>) -> Void
  ) -> Variable<Scalar> {
    record(value, from: parents, rowPullback: { pullback($0.tensor) })
  }

  /// Puts the result of an operation on the tape whose pullback works row by row.
  ///
  /// - Parameters:
  ///   - value: The result.
  ///   - parents: The variables it was computed from.
  ///   - rowPullback: As that of the other form; the gradient may not be computed yet.
  /// - Returns: The result as a variable; a constant if no parent needs a gradient.
  func record<Scalar>(
    _ value: Tensor<Scalar>, from parents: [any AnyVariable],
    rowPullback: @escaping (LazyTensor<Scalar>) -> Void
  ) -> Variable<Scalar> {
    guard parents.contains(where: \.needsGradient) else { return constant(value) }
    let result = Variable(value, tape: self, needsGradient: true)
    pullbacks.append {
      if let gradient = result.takeGradient() { rowPullback(gradient) }
    }
    return result
  }

  /// Pulls the gradient of `loss` back to every parameter it depends on, and empties the tape.
  ///
  /// What the pass kept for a pullback is freed as soon as that pullback has run.
  ///
  /// - Precondition: `loss` has one element.
  public func pullBack<Scalar>(from loss: Variable<Scalar>) {
    precondition(loss.value.count == 1, "pullBack: the loss has shape \(loss.value.shape)")
    if loss.needsGradient {
      loss.accumulate(Tensor(repeating: 1, loss.value.shape))
    }
    while let pullback = pullbacks.popLast() { pullback() }
  }
}
