import Tensors

/// The gradient of a scalar function of a tensor by central differences, one element at a time.
///
/// - Parameters:
///   - point: Where.
///   - step: How far each element is moved up and down.
///   - function: Computes the scalar in double precision.
/// - Returns: The gradient, of the shape of `point`.
public func centralDifference<Scalar: TensorScalar>(
  at point: Tensor<Scalar>, step: Double, of function: (Tensor<Scalar>) -> Double
) -> Tensor<Scalar> {
  let scalars = point.scalars
  let gradient = scalars.indices.map { index -> Scalar in
    func value(_ direction: Double) -> (argument: Double, result: Double) {
      var moved = scalars
      moved[index] += Scalar(direction * step)
      return (Double(moved[index]), function(Tensor(moved, point.shape)))
    }
    let (above, below) = (value(1), value(-1))
    // The step as it was after rounding.
    return Scalar((above.result - below.result) / (above.argument - below.argument))
  }
  return Tensor(gradient, point.shape)
}

/// Random numbers for tests: normal, reproducible.
public func randomTensor<Scalar: TensorScalar>(
  _ shape: Shape, seed: UInt64, scale: Double = 1
) -> Tensor<Scalar> {
  var stream = RandomStream(seed: seed, purpose: "test")
  return Tensor((0..<shape.count).map { _ in Scalar(scale * stream.normal()) }, shape)
}

/// The derivative of `f` at `x` by central differences of fourth order.
///
/// The step 2⁻¹⁰ at numbers up to 1 leaves an error of about 1e−12 in smooth functions of size 1;
/// near a pole the step must be a small part of the distance to it.
///
/// - Parameters:
///   - f: A function.
///   - x: The argument.
///   - h: The step.
/// - Returns: The derivative.
public func centralDifference(
  _ f: (Double) -> Double, at x: Double, step h: Double = 0x1p-10
) -> Double {
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h)
}
