/// Whether two numbers agree; NaN agrees with nothing, and equal infinities agree.
///
/// - Parameters:
///   - value: A number.
///   - expected: What it should be.
///   - relative: The error allowed, as a fraction of `expected`.
///   - absolute: The error allowed besides.
/// - Returns: Whether the error is within either.
func agrees(
  _ value: Double, _ expected: Double, relative: Double, absolute: Double = 0
) -> Bool {
  value == expected || abs(value - expected) <= max(relative * abs(expected), absolute)
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
func centralDifference(
  _ f: (Double) -> Double, at x: Double, step h: Double = 0x1p-10
) -> Double {
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h)
}
