import Autodiff
import TestSupport
import Tensors

/// The bits of every element, so that −0 differs from 0 and NaN equals itself.
func bits(_ tensor: Tensor<Float>) -> [UInt32] { tensor.scalars.map(\.bitPattern) }

/// An operation's result, and its inputs' gradients for random gradients by the result.
struct Outcome: Equatable {
  let value: [UInt32]
  let gradients: [[UInt32]?]
}

/// Runs an operation and its pullback.
///
/// - Parameters:
///   - inputs: Its tensors.
///   - wanted: Which of them need a gradient; nil for all.
///   - threads: The number of threads.
///   - operation: What is tested.
/// - Returns: The result, the random weights its elements have in the loss, and the gradients.
func run(
  _ inputs: [Tensor<Float>], wanted: Set<Int>? = nil, threads: Int = 1,
  _ operation: ([Variable<Float>]) -> Variable<Float>
) -> (value: Tensor<Float>, upstream: Tensor<Float>, gradients: [Tensor<Float>?]) {
  let tape = Tape(device: Device(threads: threads))
  let variables = inputs.enumerated().map { index, input in
    wanted?.contains(index) ?? true ? tape.parameter(input) : tape.constant(input)
  }
  let result = operation(variables)
  let upstream: Tensor<Float> = randomTensor(result.shape, seed: 99)
  // The sum of the elements times `upstream`; the 2 shows whether a pullback drops its argument.
  let loss = tape.record(Tensor<Float>([0], []), from: [result]) { gradient in
    var scaled = upstream
    scaled.scale(by: 2 * gradient.scalars[0])
    result.accumulate(scaled)
  }
  tape.pullBack(from: loss)
  return (result.value, upstream, variables.map(\.gradient))
}

/// Compares an operation with its definition: values with plain loops in double precision,
/// gradients by all inputs with central differences of those loops; then the bits with two and
/// three threads, and with each input alone needing a gradient.
///
/// Differences of a double-precision function with step 10⁻⁵ are right to 10⁻⁹, so what remains is
/// the rounding of the operation itself in single precision.
///
/// - Parameters:
///   - inputs: The operation's tensors.
///   - relative: Error allowed, in units of the largest element of each tensor.
///   - reference: The definition.
///   - operation: What is tested.
/// - Returns: What disagrees, in words; nil if nothing.
func disagreement(
  _ inputs: [Tensor<Float>], relative: Double = 1e-5,
  reference: ([Tensor<Double>]) -> Tensor<Double>,
  operation: ([Variable<Float>]) -> Variable<Float>
) -> String? {
  let (value, upstream, gradients) = run(inputs, operation)
  let exact = inputs.map { $0.converted(to: Double.self) }
  if let text = mismatch(
    value.converted(to: Double.self), reference(exact), absolute: 1e-6, relative: relative)
  {
    return "value: \(text)"
  }
  let weights = upstream.scalars.map { 2 * Double($0) }
  for (index, gradient) in gradients.enumerated() {
    let expected = centralDifference(at: exact[index], step: 1e-5) { moved in
      var arguments = exact
      arguments[index] = moved
      return zip(weights, reference(arguments).scalars).reduce(0) { $0 + $1.0 * $1.1 }
    }
    guard let gradient else { return "input \(index): no gradient" }
    if let text = mismatch(
      gradient.converted(to: Double.self), expected, absolute: 1e-6, relative: relative)
    {
      return "gradient by input \(index): \(text)"
    }
    let alone = run(inputs, wanted: [index], operation).gradients
    let others = alone.enumerated().filter { $0.offset != index }.map(\.element)
    if others.contains(where: { $0 != nil }) { return "a constant has got a gradient" }
    if alone[index].map(bits) != bits(gradient) { return "input \(index): other bits when alone" }
  }
  return threadDependence(inputs, operation)
}

/// Compares an operation's bits, forward and back, with one, two and three threads.
func threadDependence(
  _ inputs: [Tensor<Float>], _ operation: ([Variable<Float>]) -> Variable<Float>
) -> String? {
  func outcome(threads: Int) -> Outcome {
    let (value, _, gradients) = run(inputs, threads: threads, operation)
    return Outcome(value: bits(value), gradients: gradients.map { $0.map(bits) })
  }
  let one = outcome(threads: 1)
  for threads in [2, 3] where outcome(threads: threads) != one {
    return "\(threads) threads give other bits than one"
  }
  return nil
}
