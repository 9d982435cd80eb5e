import Tensors

extension ElementaryOperation {
  /// Returns the value.
  ///
  /// - Parameters:
  ///   - arguments: As many as there are.
  ///   - scalars: As many as there are; nil for the means of their starts.
  /// - Returns: The value.
  public func value(_ arguments: Double..., scalars: [Double]? = nil) -> Double {
    value(of: arguments, scalars: scalars ?? meanScalars)
  }

  /// Returns the value of as many arguments and scalars as there are.
  public func value(of arguments: [Double], scalars: [Double]) -> Double {
    switch kind {
    case .unary(let primitive): primitive.value(arguments[0], scalars: scalars)
    case .binary(let primitive): primitive.value(arguments[0], arguments[1], scalars: scalars)
    }
  }

  /// Returns the value and the derivative by each argument.
  ///
  /// - Parameters:
  ///   - arguments: As many as there are.
  ///   - scalars: As many as there are; nil for the means of their starts.
  /// - Returns: The value, and a derivative for each argument.
  public func valueAndDerivatives(
    _ arguments: Double..., scalars: [Double]? = nil
  ) -> (value: Double, derivatives: [Double]) {
    valueAndDerivatives(of: arguments, scalars: scalars ?? meanScalars)
  }

  /// Returns the value and the derivatives of as many arguments and scalars as there are.
  public func valueAndDerivatives(
    of arguments: [Double], scalars: [Double]
  ) -> (value: Double, derivatives: [Double]) {
    switch kind {
    case .unary(let primitive):
      let result = primitive.valueAndDerivative(arguments[0], scalars: scalars)
      return (result.value, [result.derivative])
    case .binary(let primitive):
      let result = primitive.valueAndDerivatives(arguments[0], arguments[1], scalars: scalars)
      return (result.value, [result.byFirst, result.bySecond])
    }
  }

  /// Returns the derivative by a scalar.
  ///
  /// - Parameters:
  ///   - index: Which scalar.
  ///   - arguments: As many as there are.
  ///   - scalars: As many as there are; nil for the means of their starts.
  /// - Returns: The derivative.
  public func derivative(
    byScalar index: Int, _ arguments: Double..., scalars: [Double]? = nil
  ) -> Double {
    let scalars = scalars ?? meanScalars
    switch kind {
    case .unary(let primitive):
      return primitive.derivative(byScalar: index, arguments[0], scalars: scalars)
    case .binary(let primitive):
      return primitive.derivative(
        byScalar: index, arguments[0], arguments[1], scalars: scalars)
    }
  }
}

/// The loops.
extension ElementaryOperation: StretchOperation {
  /// The number of arguments, 1 or 2.
  public var argumentCount: Int { arity.rawValue }

  /// The number of scalars.
  public var scalarCount: Int { scalars.count }

  /// Computes the operation's values.
  public func evaluate(
    _ first: Span<Double>, _ second: Span<Double>, scalars: [Double],
    values: inout MutableSpan<Double>
  ) {
    switch kind {
    case .unary(let primitive):
      primitive.evaluate(first, scalars: scalars, values: &values)
    case .binary(let primitive):
      primitive.evaluate(first, second, scalars: scalars, values: &values)
    }
  }

  /// Computes the values and the derivative by each argument.
  public func differentiate(
    _ first: Span<Double>, _ second: Span<Double>, scalars: [Double],
    values: inout MutableSpan<Double>, byFirst: inout MutableSpan<Double>,
    bySecond: inout MutableSpan<Double>
  ) {
    switch kind {
    case .unary(let primitive):
      primitive.differentiate(first, scalars: scalars, values: &values, derivatives: &byFirst)
    case .binary(let primitive):
      primitive.differentiate(
        first, second, scalars: scalars, values: &values, derivativesByFirst: &byFirst,
        derivativesBySecond: &bySecond)
    }
  }

  /// Computes the derivatives by a scalar.
  public func differentiate(
    byScalar index: Int, _ first: Span<Double>, _ second: Span<Double>, scalars: [Double],
    derivatives: inout MutableSpan<Double>
  ) {
    switch kind {
    case .unary(let primitive):
      primitive.differentiate(
        byScalar: index, first, scalars: scalars, derivatives: &derivatives)
    case .binary(let primitive):
      primitive.differentiate(
        byScalar: index, first, second, scalars: scalars, derivatives: &derivatives)
    }
  }
}
