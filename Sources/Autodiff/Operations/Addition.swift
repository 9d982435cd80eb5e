import CKernels
import Tensors

/// Returns `left + right`, of their common shape.
///
/// - Precondition: both have the same shape.
public func addition(_ left: Variable<Float>, _ right: Variable<Float>) -> Variable<Float> {
  precondition(left.shape == right.shape, "addition: \(left.shape) and \(right.shape)")
  let device = left.tape.device
  let sum = Tensor<Float>(left.shape) { sum in
    withPointers(left.value, right.value) { first, second in
      device.forEachPiece(of: left.value.count) { piece in
        let start = piece.lowerBound
        grafs_add(first + start, second + start, piece.count, sum + start)
      }
    }
  }
  return left.tape.record(sum, from: [left, right]) { gradient in
    left.accumulate(gradient)
    right.accumulate(gradient)
  }
}
