import Tensors

/// Returns `left + right`, of their common shape.
///
/// - Precondition: both have the same shape.
public func addition(_ left: Variable<Float>, _ right: Variable<Float>) -> Variable<Float> {
  let sum = left.value.adding(right.value, on: left.tape.device)
  return left.tape.record(sum, from: [left, right]) { gradient in
    left.accumulate(gradient)
    right.accumulate(gradient)
  }
}
