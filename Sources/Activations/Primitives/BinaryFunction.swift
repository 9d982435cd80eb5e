/// A function of two arguments and perhaps a learnable scalar, with its loops.
///
/// Conform to `BinaryPrimitive` or `LearnableBinaryPrimitive`. The loops are made as those of
/// `UnaryFunction`. A function without a scalar ignores `scalar`.
public protocol BinaryFunction: Primitive {
  /// The derivatives taken where the arguments are equal; nil where nothing is special there.
  static var tieRule: TieRule? { get }

  /// Returns the value at `(a, b)`.
  static func value(_ a: Double, _ b: Double, scalar: Double) -> Double

  /// Returns the value and both partial derivatives, which share what they can.
  ///
  /// The value has the bits of `value(_:_:scalar:)`; the derivatives are finite for finite arguments.
  static func valueAndDerivatives(
    _ a: Double, _ b: Double, scalar: Double
  ) -> (value: Double, byFirst: Double, bySecond: Double)

  /// Returns the derivative by the scalar; 0 for a function without one.
  static func scalarDerivative(_ a: Double, _ b: Double, scalar: Double) -> Double

  /// Returns how the function applied to two arguments is written.
  static func notation(of first: Notation, _ second: Notation, scalar: Notation) -> Notation

  /// Computes `values[i] = f(a[i], b[i])`.
  ///
  /// - Parameters:
  ///   - a: The first arguments, `[count]`.
  ///   - b: The second arguments, `[count]`; `a` and `b` may be the same buffer.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar.
  ///   - values: The results, `[count]`; not overlapping the arguments.
  static func evaluate(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int, scalar: Double,
    values: UnsafeMutablePointer<Double>)

  /// Computes the values and both partial derivatives.
  ///
  /// - Parameters:
  ///   - a: The first arguments, `[count]`.
  ///   - b: The second arguments, `[count]`; `a` and `b` may be the same buffer.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar.
  ///   - values: The values, `[count]`; the results overlap neither the arguments nor each other.
  ///   - derivativesByFirst: The derivatives by the first argument, `[count]`.
  ///   - derivativesBySecond: The derivatives by the second argument, `[count]`.
  static func differentiate(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int, scalar: Double,
    values: UnsafeMutablePointer<Double>, derivativesByFirst: UnsafeMutablePointer<Double>,
    derivativesBySecond: UnsafeMutablePointer<Double>)

  /// Computes the derivatives by the scalar.
  ///
  /// - Parameters:
  ///   - a: The first arguments, `[count]`.
  ///   - b: The second arguments, `[count]`; `a` and `b` may be the same buffer.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar.
  ///   - derivatives: The derivatives by the scalar, `[count]`; 0 for a function without one.
  static func scalarDerivatives(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int, scalar: Double,
    derivatives: UnsafeMutablePointer<Double>)
}

extension BinaryFunction {
  /// Computes `values[i] = f(a[i], b[i])`.
  ///
  /// - Parameters:
  ///   - a: The first arguments, `[count]`.
  ///   - b: The second arguments, `[count]`; `a` and `b` may be the same buffer.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar.
  ///   - values: The results, `[count]`; not overlapping the arguments.
  @inlinable
  public static func evaluate(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int, scalar: Double,
    values: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<count {
      values[i] = value(a[i], b[i], scalar: scalar)
    }
  }

  /// Computes the values and both partial derivatives.
  ///
  /// - Parameters:
  ///   - a: The first arguments, `[count]`.
  ///   - b: The second arguments, `[count]`; `a` and `b` may be the same buffer.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar.
  ///   - values: The values, `[count]`; the results overlap neither the arguments nor each other.
  ///   - derivativesByFirst: The derivatives by the first argument, `[count]`.
  ///   - derivativesBySecond: The derivatives by the second argument, `[count]`.
  @inlinable
  public static func differentiate(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int, scalar: Double,
    values: UnsafeMutablePointer<Double>, derivativesByFirst: UnsafeMutablePointer<Double>,
    derivativesBySecond: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<count {
      let result = valueAndDerivatives(a[i], b[i], scalar: scalar)
      values[i] = result.value
      derivativesByFirst[i] = result.byFirst
      derivativesBySecond[i] = result.bySecond
    }
  }

  /// Computes the derivatives by the scalar.
  ///
  /// - Parameters:
  ///   - a: The first arguments, `[count]`.
  ///   - b: The second arguments, `[count]`; `a` and `b` may be the same buffer.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar.
  ///   - derivatives: The derivatives by the scalar, `[count]`; 0 for a function without one.
  @inlinable
  public static func scalarDerivatives(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int, scalar: Double,
    derivatives: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<count {
      derivatives[i] = scalarDerivative(a[i], b[i], scalar: scalar)
    }
  }
}
