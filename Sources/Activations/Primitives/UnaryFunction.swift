/// A function of one argument and perhaps a learnable scalar, with its loops.
///
/// Conform to `UnaryPrimitive` or `LearnableUnaryPrimitive`, which derive everything here from two
/// or three formulas. The loops are requirements with one `@inlinable` implementation, so that each
/// primitive gets its own specialized loop and a call through `any UnaryFunction.Type` costs one
/// indirect call per chunk, not per element. A function without a scalar ignores `scalar`.
public protocol UnaryFunction: Primitive {
  /// Where the function is not differentiable, in ascending order.
  static var kinks: [Kink] { get }

  /// Returns the value at `x`; NaN for NaN.
  static func value(_ x: Double, scalar: Double) -> Double

  /// Returns the value and the derivative by `x`, which share what they can.
  ///
  /// The value has the bits of `value(_:scalar:)`; the derivative is finite for finite arguments.
  static func valueAndDerivative(_ x: Double, scalar: Double) -> (value: Double, derivative: Double)

  /// Returns the derivative by the scalar; 0 for a function without one.
  static func scalarDerivative(_ x: Double, scalar: Double) -> Double

  /// Returns how the function applied to `argument` is written.
  static func notation(of argument: Notation, scalar: Notation) -> Notation

  /// Computes `values[i] = f(x[i])`.
  ///
  /// - Parameters:
  ///   - x: The arguments.
  ///   - scalar: The learnable scalar.
  ///   - values: The results.
  static func evaluate(
    _ x: Span<Double>, scalar: Double, values: inout MutableSpan<Double>)

  /// Computes `values[i] = f(x[i])` and `derivatives[i] = f′(x[i])`.
  ///
  /// - Parameters:
  ///   - x: The arguments.
  ///   - scalar: The learnable scalar.
  ///   - values: The values.
  ///   - derivatives: The derivatives by `x`.
  static func differentiate(
    _ x: Span<Double>, scalar: Double, values: inout MutableSpan<Double>,
    derivatives: inout MutableSpan<Double>)

  /// Computes the derivatives by the scalar.
  ///
  /// - Parameters:
  ///   - x: The arguments.
  ///   - scalar: The learnable scalar.
  ///   - derivatives: The derivatives by the scalar; 0 for a function without one.
  static func scalarDerivatives(
    _ x: Span<Double>, scalar: Double,
    derivatives: inout MutableSpan<Double>)
}

extension UnaryFunction {
  /// Computes `values[i] = f(x[i])`.
  ///
  /// - Parameters:
  ///   - x: The arguments.
  ///   - scalar: The learnable scalar.
  ///   - values: The results.
  @inlinable
  public static func evaluate(
    _ x: Span<Double>, scalar: Double, values: inout MutableSpan<Double>
  ) {
    precondition(values.count == x.count, "\(name): stretches of different lengths")
    for i in x.indices {
      values[unchecked: i] = value(x[unchecked: i], scalar: scalar)
    }
  }

  /// Computes `values[i] = f(x[i])` and `derivatives[i] = f′(x[i])`.
  ///
  /// - Parameters:
  ///   - x: The arguments.
  ///   - scalar: The learnable scalar.
  ///   - values: The values.
  ///   - derivatives: The derivatives by `x`.
  @inlinable
  public static func differentiate(
    _ x: Span<Double>, scalar: Double, values: inout MutableSpan<Double>,
    derivatives: inout MutableSpan<Double>
  ) {
    precondition(
      values.count == x.count && derivatives.count == x.count,
      "\(name): stretches of different lengths")
    for i in x.indices {
      let result = valueAndDerivative(x[unchecked: i], scalar: scalar)
      values[unchecked: i] = result.value
      derivatives[unchecked: i] = result.derivative
    }
  }

  /// Computes the derivatives by the scalar.
  ///
  /// - Parameters:
  ///   - x: The arguments.
  ///   - scalar: The learnable scalar.
  ///   - derivatives: The derivatives by the scalar; 0 for a function without one.
  @inlinable
  public static func scalarDerivatives(
    _ x: Span<Double>, scalar: Double,
    derivatives: inout MutableSpan<Double>
  ) {
    precondition(derivatives.count == x.count, "\(name): stretches of different lengths")
    for i in x.indices {
      derivatives[unchecked: i] = scalarDerivative(x[unchecked: i], scalar: scalar)
    }
  }
}
