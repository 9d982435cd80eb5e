/// The loops of an operation of either arity, over chunks of points.
extension SlotOperation {
  /// Computes the operation's values.
  ///
  /// - Parameters:
  ///   - operands: A pointer to `count` numbers for each argument.
  ///   - count: The number of points.
  ///   - scalar: The learnable scalar; ignored by operations without one.
  ///   - values: The results, `[count]`.
  func evaluate(
    _ operands: [UnsafePointer<Double>], count: Int, scalar: Double,
    values: UnsafeMutablePointer<Double>
  ) {
    switch self {
    case .unary(let operation):
      operation.primitive.evaluate(operands[0], count: count, scalar: scalar, values: values)
    case .binary(let operation):
      operation.primitive.evaluate(
        operands[0], operands[1], count: count, scalar: scalar, values: values)
    }
  }

  /// Computes the values and the derivative by each argument.
  func differentiate(
    _ operands: [UnsafePointer<Double>], count: Int, scalar: Double,
    values: UnsafeMutablePointer<Double>, derivatives: [UnsafeMutablePointer<Double>]
  ) {
    switch self {
    case .unary(let operation):
      operation.primitive.differentiate(
        operands[0], count: count, scalar: scalar, values: values, derivatives: derivatives[0])
    case .binary(let operation):
      operation.primitive.differentiate(
        operands[0], operands[1], count: count, scalar: scalar, values: values,
        derivativesByFirst: derivatives[0], derivativesBySecond: derivatives[1])
    }
  }

  /// Computes the derivatives by the learnable scalar.
  func scalarDerivatives(
    _ operands: [UnsafePointer<Double>], count: Int, scalar: Double,
    derivatives: UnsafeMutablePointer<Double>
  ) {
    switch self {
    case .unary(let operation):
      operation.primitive.scalarDerivatives(
        operands[0], count: count, scalar: scalar, derivatives: derivatives)
    case .binary(let operation):
      operation.primitive.scalarDerivatives(
        operands[0], operands[1], count: count, scalar: scalar, derivatives: derivatives)
    }
  }
}
