import Autodiff
import Tensors
import TestSupport

/// The inner product of a variable with a fixed tensor: a loss whose gradient is that tensor.
func projection<Scalar>(
  _ variable: Variable<Scalar>, on direction: Tensor<Scalar>
) -> Variable<Double> {
  precondition(variable.shape == direction.shape, "projection: \(variable.shape)")
  let sum = innerProduct(variable.value, direction)
  return variable.tape.record(Tensor([sum], []), from: [variable]) { gradient in
    let factor = Scalar(gradient.scalars[0])
    variable.accumulate(Tensor(direction.scalars.map { factor * $0 }, direction.shape))
  }
}

/// The sum of the products of corresponding elements, in double precision.
func innerProduct<Scalar>(_ left: Tensor<Scalar>, _ right: Tensor<Scalar>) -> Double {
  zip(left.scalars, right.scalars).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

/// Differentiates `⟨direction, function(points)⟩`.
///
/// - Parameters:
///   - points: The arguments.
///   - direction: The gradient that arrives at the result; nil computes no gradients.
///   - threads: How many to compute on.
///   - function: Takes the arguments as variables.
/// - Returns: The function's value, and the gradients by every point.
func differentiated<Scalar, Result>(
  _ points: [Tensor<Scalar>], direction: Tensor<Result>?, threads: Int = 1,
  _ function: ([Variable<Scalar>]) -> Variable<Result>
) -> (value: Tensor<Result>, gradients: [Tensor<Scalar>]) {
  let tape = Tape(device: Device(threads: threads))
  let variables = points.map { tape.parameter($0) }
  let result = function(variables)
  guard let direction else { return (result.value, []) }
  tape.pullBack(from: projection(result, on: direction))
  return (result.value, variables.map { $0.gradient ?? Tensor(zeros: [0]) })
}

/// Compares gradients of `⟨direction, function(points)⟩` with central differences.
///
/// - Parameters:
///   - points: The arguments, each of which is differentiated by.
///   - direction: The gradient that arrives at the result, not 1.
///   - step: How far an element is moved.
///   - relative: The error allowed, in units of the largest element of a gradient.
///   - function: Takes the arguments as variables.
/// - Returns: The first mismatch in words; nil if there is none.
func gradientMismatch(
  at points: [Tensor<Double>], direction: Tensor<Double>, step: Double = 1e-5, relative: Double,
  _ function: ([Variable<Double>]) -> Variable<Double>
) -> String? {
  let gradients = differentiated(points, direction: direction, function).gradients
  for (index, gradient) in gradients.enumerated() {
    let expected = centralDifference(at: points[index], step: step) { point in
      var moved = points
      moved[index] = point
      return innerProduct(differentiated(moved, direction: nil, function).value, direction)
    }
    if let mismatch = mismatch(gradient, expected, relative: relative) {
      return "argument \(index), \(mismatch)"
    }
  }
  return nil
}
