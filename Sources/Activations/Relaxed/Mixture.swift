import Autodiff
import Tensors

/// Returns the weighted sum of bounded operations: `Σ weight · operation(operands)`.
///
/// `Limits` say what is clipped; what is passes no gradient. The work is cut into chunks of
/// points; the pullback evaluates the operations anew, so memory does not grow with their number.
///
/// - Parameters:
///   - operations: The operations of one slot, all of the same arity.
///   - operands: One `[rows, points]` for each argument. An operand with one row serves all rows.
///   - weights: `[samples, operations]`: a row of weights for each row of the result.
///   - scalars: The learnable scalars, those of an operation side by side: `[scalars]`, the same
///     for all rows of the result, or `[samples, scalars]`, a row for each. Over operands of one
///     row only the operations with scalars of each row's own are evaluated for every row.
///   - limits: What is clipped: of the values, and of the derivatives in the pullback.
/// - Returns: `[samples, points]`.
public func mixture(
  of operations: [ElementaryOperation], at operands: [Variable<Double>], weights: Variable<Double>,
  scalars: Variable<Double>, limits: Limits = .off
) -> Variable<Double> {
  let problem = MixtureProblem(
    of: operations, within: limits.bounds(of: operations), scalars: scalars.value,
    operands: operands.map(\.shape), weights: weights.shape)
  let tape = weights.tape
  let values = operands.map(\.value)
  let sum = problem.value(values, weights.value, on: tape.device)
  return tape.record(sum, from: operands + [weights, scalars]) { gradient in
    let result = problem.gradients(
      values, weights.value, gradient, needed: operands.map(\.needsGradient), on: tape.device)
    weights.accumulate(result.weights)
    scalars.accumulate(result.scalars.reshaped(scalars.shape))
    for (operand, part) in zip(operands, result.operands) {
      if let part { operand.accumulate(part) }
    }
  }
}

/// Returns the slopes of a mixture along those of its operands, `[samples, points]`, with limits as
/// in its pullback. `slopes` has the operands' shapes; all others are as `mixture` takes them.
func mixtureSlopes(
  of operations: [ElementaryOperation], at operands: [Variable<Double>], slopes: [Tensor<Double>],
  weights: Variable<Double>, scalars: Variable<Double>, limits: Limits
) -> Tensor<Double> {
  let problem = MixtureProblem(
    of: operations, within: limits.bounds(of: operations), scalars: scalars.value,
    operands: operands.map(\.shape), weights: weights.shape)
  return problem.slopes(
    operands.map(\.value), slopes, weights.value, on: weights.tape.device)
}

extension Limits {
  /// What is clipped of some operations.
  fileprivate func bounds(of operations: [ElementaryOperation]) -> MixtureProblem.Bounds {
    precondition(isValid, "mixture: limits \(self)")
    return MixtureProblem.Bounds(
      outputs: outputs.outputBound, slopes: slopeBound,
      arguments: operations.map(outputs.clampedArguments))
  }
}
