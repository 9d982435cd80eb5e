import Tensors

/// A variable of any precision, as an operation lists its parents.
public protocol AnyVariable: AnyObject {
  /// Whether the loss's gradient by this variable is wanted.
  var needsGradient: Bool { get }
}

/// A tensor in a computation, and the gradient of the loss by it once that has been pulled back.
public final class Variable<Scalar: TensorScalar>: AnyVariable {
  /// The tensor.
  public let value: Tensor<Scalar>
  /// The tape of the computation, which must outlive the variable's use.
  public unowned let tape: Tape
  /// Whether the loss's gradient by this variable is wanted.
  public let needsGradient: Bool
  /// The sum of the gradients accumulated so far, of the value's shape; nil before the first.
  public var gradient: Tensor<Scalar>? { sum?.tensor }

  private var sum: LazyTensor<Scalar>?

  init(_ value: Tensor<Scalar>, tape: Tape, needsGradient: Bool) {
    self.value = value
    self.tape = tape
    self.needsGradient = needsGradient
  }

  /// The value's extents.
  public var shape: Shape { value.shape }

  /// Adds to the gradient; does nothing for a constant.
  ///
  /// Pullbacks run in one order, so the sum's bits are the same in every run.
  ///
  /// - Parameter part: A gradient of the value's shape; it is computed only if it is needed.
  public func accumulate(_ part: @autoclosure () -> Tensor<Scalar>) {
    guard needsGradient else { return }
    let part = part()
    precondition(
      part.shape == shape, "accumulate: a gradient of \(part.shape) for a value of \(shape)")
    guard var sum = takeGradient()?.tensor else { return self.sum = .computed(part) }
    sum.add(part, on: tape.device)
    self.sum = .computed(sum)
  }

  /// Adds to the gradient what may be computed later; does nothing for a constant.
  ///
  /// - Parameter part: A gradient of the value's shape, made only if it is needed.
  func accumulate(lazy part: @autoclosure () -> LazyTensor<Scalar>) {
    guard needsGradient else { return }
    guard sum == nil else { return accumulate(part().tensor) }
    sum = part()
  }

  /// Adds to a stretch of the gradient.
  ///
  /// - Parameters:
  ///   - part: The gradient of the elements from `offset` on, in row-major order.
  ///   - offset: The index of the first of these elements.
  public func accumulate(_ part: Tensor<Scalar>, at offset: Int) {
    guard needsGradient else { return }
    precondition(
      offset >= 0 && offset + part.count <= value.count,
      "accumulate: \(part.count) elements at \(offset) of \(shape)")
    var sum = takeGradient()?.tensor ?? Tensor(zeros: shape)
    sum.add(part, at: offset)
    self.sum = .computed(sum)
  }

  /// Hands the gradient over to a pullback, which frees it here.
  func takeGradient() -> LazyTensor<Scalar>? {
    defer { sum = nil }
    return sum
  }
}
