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
  /// The value has the bits of `value(_:_:scalar:)`; the derivatives are finite for finite
  /// arguments.
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
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalar: The learnable scalar.
  ///   - values: The results.
  static func evaluate(
    _ a: Span<Double>, _ b: Span<Double>, scalar: Double,
    values: inout MutableSpan<Double>)

  /// Computes the values and both partial derivatives.
  ///
  /// - Parameters:
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalar: The learnable scalar.
  ///   - values: The values.
  ///   - derivativesByFirst: The derivatives by the first argument.
  ///   - derivativesBySecond: The derivatives by the second argument.
  static func differentiate(
    _ a: Span<Double>, _ b: Span<Double>, scalar: Double,
    values: inout MutableSpan<Double>, derivativesByFirst: inout MutableSpan<Double>,
    derivativesBySecond: inout MutableSpan<Double>)

  /// Computes the derivatives by the scalar.
  ///
  /// - Parameters:
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalar: The learnable scalar.
  ///   - derivatives: The derivatives by the scalar; 0 for a function without one.
  static func scalarDerivatives(
    _ a: Span<Double>, _ b: Span<Double>, scalar: Double,
    derivatives: inout MutableSpan<Double>)
}

extension BinaryFunction {
  /// Computes `values[i] = f(a[i], b[i])`.
  ///
  /// - Parameters:
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalar: The learnable scalar.
  ///   - values: The results.
  @inlinable
  public static func evaluate(
    _ a: Span<Double>, _ b: Span<Double>, scalar: Double,
    values: inout MutableSpan<Double>
  ) {
    precondition(
      values.count == a.count && b.count == a.count, "\(name): stretches of different lengths")
    for i in a.indices {
      values[unchecked: i] = value(a[unchecked: i], b[unchecked: i], scalar: scalar)
    }
  }

  /// Computes the values and both partial derivatives.
  ///
  /// - Parameters:
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalar: The learnable scalar.
  ///   - values: The values.
  ///   - derivativesByFirst: The derivatives by the first argument.
  ///   - derivativesBySecond: The derivatives by the second argument.
  @inlinable
  public static func differentiate(
    _ a: Span<Double>, _ b: Span<Double>, scalar: Double,
    values: inout MutableSpan<Double>, derivativesByFirst: inout MutableSpan<Double>,
    derivativesBySecond: inout MutableSpan<Double>
  ) {
    precondition(
      b.count == a.count && values.count == a.count && derivativesByFirst.count == a.count
        && derivativesBySecond.count == a.count, "\(name): stretches of different lengths")
    for i in a.indices {
      let result = valueAndDerivatives(a[unchecked: i], b[unchecked: i], scalar: scalar)
      values[unchecked: i] = result.value
      derivativesByFirst[unchecked: i] = result.byFirst
      derivativesBySecond[unchecked: i] = result.bySecond
    }
  }

  /// Computes the derivatives by the scalar.
  ///
  /// - Parameters:
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalar: The learnable scalar.
  ///   - derivatives: The derivatives by the scalar; 0 for a function without one.
  @inlinable
  public static func scalarDerivatives(
    _ a: Span<Double>, _ b: Span<Double>, scalar: Double,
    derivatives: inout MutableSpan<Double>
  ) {
    precondition(
      derivatives.count == a.count && b.count == a.count, "\(name): stretches of different lengths")
    for i in a.indices {
      derivatives[unchecked: i] = scalarDerivative(a[unchecked: i], b[unchecked: i], scalar: scalar)
    }
  }
}
