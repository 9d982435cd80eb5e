import CKernels
import Tensors

/// Returns `max(x, 0)` for every element: ReLU. The slope at 0 is 0; NaN passes through.
///
/// - Parameter input: Any shape.
/// - Returns: The same shape.
public func rectification(_ input: Variable<Float>) -> Variable<Float> {
  let team = input.tape.team
  let count = input.value.count
  let output = Tensor<Float>(input.shape) { output in
    withPointers(input.value) { input in
      team.forEachPiece(of: count) { piece in
        grafs_relu_forward(input + piece.lowerBound, piece.count, output + piece.lowerBound)
      }
    }
  }
  return input.tape.record(output, from: [input]) { gradient in
    input.accumulate(
      Tensor(output.shape) { slope in
        withPointers(output, gradient) { output, gradient in
          team.forEachPiece(of: count) { piece in
            let start = piece.lowerBound
            grafs_relu_backward(output + start, gradient + start, piece.count, slope + start)
          }
        }
      })
  }
}
