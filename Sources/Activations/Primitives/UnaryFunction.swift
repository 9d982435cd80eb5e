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
  ///   - x: The arguments, `[count]`.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar.
  ///   - values: The results, `[count]`; not overlapping `x`.
  static func evaluate(
    _ x: UnsafePointer<Double>, count: Int, scalar: Double, values: UnsafeMutablePointer<Double>)

  /// Computes `values[i] = f(x[i])` and `derivatives[i] = f′(x[i])`.
  ///
  /// - Parameters:
  ///   - x: The arguments, `[count]`.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar.
  ///   - values: The values, `[count]`; the buffers do not overlap.
  ///   - derivatives: The derivatives by `x`, `[count]`.
  static func differentiate(
    _ x: UnsafePointer<Double>, count: Int, scalar: Double, values: UnsafeMutablePointer<Double>,
    derivatives: UnsafeMutablePointer<Double>)

  /// Computes the derivatives by the scalar.
  ///
  /// - Parameters:
  ///   - x: The arguments, `[count]`.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar.
  ///   - derivatives: The derivatives by the scalar, `[count]`; 0 for a function without one.
  static func scalarDerivatives(
    _ x: UnsafePointer<Double>, count: Int, scalar: Double,
    derivatives: UnsafeMutablePointer<Double>)
}

extension UnaryFunction {
  /// Computes `values[i] = f(x[i])`.
  ///
  /// - Parameters:
  ///   - x: The arguments, `[count]`.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar.
  ///   - values: The results, `[count]`; not overlapping `x`.
  @inlinable
  public static func evaluate(
    _ x: UnsafePointer<Double>, count: Int, scalar: Double, values: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<count {
      values[i] = value(x[i], scalar: scalar)
    }
  }

  /// Computes `values[i] = f(x[i])` and `derivatives[i] = f′(x[i])`.
  ///
  /// - Parameters:
  ///   - x: The arguments, `[count]`.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar.
  ///   - values: The values, `[count]`; the buffers do not overlap.
  ///   - derivatives: The derivatives by `x`, `[count]`.
  @inlinable
  public static func differentiate(
    _ x: UnsafePointer<Double>, count: Int, scalar: Double, values: UnsafeMutablePointer<Double>,
    derivatives: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<count {
      let result = valueAndDerivative(x[i], scalar: scalar)
      values[i] = result.value
      derivatives[i] = result.derivative
    }
  }

  /// Computes the derivatives by the scalar.
  ///
  /// - Parameters:
  ///   - x: The arguments, `[count]`.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar.
  ///   - derivatives: The derivatives by the scalar, `[count]`; 0 for a function without one.
  @inlinable
  public static func scalarDerivatives(
    _ x: UnsafePointer<Double>, count: Int, scalar: Double,
    derivatives: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<count {
      derivatives[i] = scalarDerivative(x[i], scalar: scalar)
    }
  }
}
