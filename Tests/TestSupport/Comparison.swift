import Tensors

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
    let error = abs(actual[index] - expected[index])
    if !(error <= allowed) {
      return "element \(index): \(actual[index]), expected \(expected[index]) ± \(allowed)"
    }
  }
  return nil
}
