import Tensors

/// Whether two numbers agree; NaN agrees with nothing, and equal infinities agree.
///
/// - Parameters:
///   - value: A number.
///   - expected: What it should be.
///   - relative: The error allowed, as a fraction of `expected`.
///   - absolute: The error allowed besides.
/// - Returns: Whether the error is within either.
public func agrees(
  _ value: Double, _ expected: Double, relative: Double = 0, absolute: Double = 0
) -> Bool {
  value == expected || abs(value - expected) <= max(relative * abs(expected), absolute)
}

/// Compares two tensors element by element: shapes first, then sizes of errors, so that neither
/// an unequal length nor NaN passes.
///
/// - Parameters:
///   - actual: What was computed.
///   - expected: What should have been.
///   - absolute: Error allowed to every element.
///   - relative: Error allowed besides, in units of the largest expected element.
/// - Returns: The first mismatch in words; nil if there is none.
public func mismatch<Scalar: TensorScalar>(
  _ actual: Tensor<Scalar>, _ expected: Tensor<Scalar>, absolute: Double = 0,
  relative: Double = 0
) -> String? {
  guard actual.shape == expected.shape else {
    return "shape \(actual.shape), expected \(expected.shape)"
  }
  return mismatch(
    actual.scalars.map { Double($0) }, expected.scalars.map { Double($0) }, absolute: absolute,
    relative: relative)
}

/// Compares two lists of numbers in the same way.
public func mismatch(
  _ actual: [Double], _ expected: [Double], absolute: Double = 0, relative: Double = 0
) -> String? {
  guard actual.count == expected.count else {
    return "\(actual.count) elements, expected \(expected.count)"
  }
  precondition(absolute >= 0 && relative >= 0, "mismatch: tolerances \(absolute), \(relative)")
  let allowed = absolute + relative * (expected.map(abs).max() ?? 0)
  for index in actual.indices {
    if !agrees(actual[index], expected[index], absolute: allowed) {
      return "element \(index): \(actual[index]), expected \(expected[index]) ± \(allowed)"
    }
  }
  return nil
}

/// Compares two lists of numbers whose errors are of different sizes.
///
/// - Parameters:
///   - actual: What was computed.
///   - expected: What should have been; where it is NaN, so must be what was computed.
///   - scales: For each number a bound for the sum of the magnitudes of its terms.
///   - tolerance: The error allowed, in units of a number's scale.
/// - Returns: The first mismatch in words; nil if there is none.
public func mismatch(
  _ actual: [Float], _ expected: [Double], scales: [Double], tolerance: Double
) -> String? {
  guard actual.count == expected.count, scales.count == expected.count else {
    return "\(actual.count) elements and \(scales.count) scales, expected \(expected.count)"
  }
  for index in actual.indices where !(expected[index].isNaN && actual[index].isNaN) {
    if !agrees(Double(actual[index]), expected[index], absolute: tolerance * scales[index]) {
      return "element \(index): \(actual[index]), expected \(expected[index]), "
        + "scale \(scales[index])"
    }
  }
  return nil
}
