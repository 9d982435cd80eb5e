import Tensors

/// The loops of an operation of either arity.
extension SlotOperation: StretchOperation {
  /// The number of arguments, 1 or 2.
  public var argumentCount: Int { arity.rawValue }

  /// Computes the operation's values.
  public func evaluate(
    _ first: Span<Double>, _ second: Span<Double>, scalar: Double,
    values: inout MutableSpan<Double>
  ) {
    switch self {
    case .unary(let operation):
      operation.primitive.evaluate(first, scalar: scalar, values: &values)
    case .binary(let operation):
      operation.primitive.evaluate(first, second, scalar: scalar, values: &values)
    }
  }

  /// Computes the values and the derivative by each argument.
  public func differentiate(
    _ first: Span<Double>, _ second: Span<Double>, scalar: Double,
    values: inout MutableSpan<Double>, byFirst: inout MutableSpan<Double>,
    bySecond: inout MutableSpan<Double>
  ) {
    switch self {
    case .unary(let operation):
      operation.primitive.differentiate(
        first, scalar: scalar, values: &values, derivatives: &byFirst)
    case .binary(let operation):
      operation.primitive.differentiate(
        first, second, scalar: scalar, values: &values, derivativesByFirst: &byFirst,
        derivativesBySecond: &bySecond)
    }
  }

  /// Computes the derivatives by the learnable scalar.
  public func scalarDerivatives(
    _ first: Span<Double>, _ second: Span<Double>, scalar: Double,
    derivatives: inout MutableSpan<Double>
  ) {
    switch self {
    case .unary(let operation):
      operation.primitive.scalarDerivatives(first, scalar: scalar, derivatives: &derivatives)
    case .binary(let operation):
      operation.primitive.scalarDerivatives(
        first, second, scalar: scalar, derivatives: &derivatives)
    }
  }
}
