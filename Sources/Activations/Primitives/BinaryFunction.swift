/// A function of two arguments and perhaps scalars, with its loops.
///
/// Conform to `BinaryPrimitive` or `LearnableBinaryPrimitive`. The loops are made as those of
/// `UnaryFunction`.
public protocol BinaryFunction: Primitive {
  /// The derivatives taken where the arguments are equal; nil where nothing is special there.
  static var tieRule: TieRule? { get }

  /// Returns what the formulas need of the scalars, computed once for many arguments; the scalars
  /// themselves unless the primitive says otherwise.
  static func constants<Number: Elementary>(of scalars: [Number]) -> [Number]

  /// Returns the value at `(a, b)`.
  static func value<Number: Elementary>(_ a: Number, _ b: Number, _ constants: [Number]) -> Number

  /// Returns both partial derivatives, finite for finite arguments.
  static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number, _ constants: [Number]
  ) -> (byFirst: Number, bySecond: Number)

  /// Returns the value and both partial derivatives, which share what they can: the bits of `value`
  /// and `derivatives`.
  static func valueAndDerivatives<Number: Elementary>(
    _ a: Number, _ b: Number, _ constants: [Number]
  ) -> (value: Number, byFirst: Number, bySecond: Number)

  /// Returns the derivative by a scalar, finite for finite arguments.
  static func derivative<Number: Elementary>(
    byScalar index: Int, _ a: Number, _ b: Number, _ constants: [Number]
  ) -> Number

  /// Returns how the function applied to two arguments is written.
  static func notation(of first: Notation, _ second: Notation, scalars: [Notation]) -> Notation

  /// Returns the value at `(a, b)`.
  static func value(_ a: Double, _ b: Double, scalars: [Double]) -> Double

  /// Returns the value and both partial derivatives.
  static func valueAndDerivatives(
    _ a: Double, _ b: Double, scalars: [Double]
  ) -> (value: Double, byFirst: Double, bySecond: Double)

  /// Returns the derivative by a scalar.
  static func derivative(
    byScalar index: Int, _ a: Double, _ b: Double, scalars: [Double]
  ) -> Double

  /// Computes `values[i] = f(a[i], b[i])`.
  ///
  /// - Parameters:
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalars: The scalars, as many as there are.
  ///   - values: The results.
  static func evaluate(
    _ a: Span<Double>, _ b: Span<Double>, scalars: [Double],
    values: inout MutableSpan<Double>)

  /// Computes the values and both partial derivatives.
  ///
  /// - Parameters:
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalars: The scalars, as many as there are.
  ///   - values: The values.
  ///   - derivativesByFirst: The derivatives by the first argument.
  ///   - derivativesBySecond: The derivatives by the second argument.
  static func differentiate(
    _ a: Span<Double>, _ b: Span<Double>, scalars: [Double],
    values: inout MutableSpan<Double>, derivativesByFirst: inout MutableSpan<Double>,
    derivativesBySecond: inout MutableSpan<Double>)

  /// Computes the derivatives by a scalar.
  ///
  /// - Parameters:
  ///   - index: Which scalar.
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalars: The scalars, as many as there are.
  ///   - derivatives: The derivatives by the scalar.
  static func differentiate(
    byScalar index: Int, _ a: Span<Double>, _ b: Span<Double>, scalars: [Double],
    derivatives: inout MutableSpan<Double>)
}

extension BinaryFunction {
  /// The scalars themselves.
  @inlinable
  public static func constants<Number: Elementary>(of scalars: [Number]) -> [Number] { scalars }

  /// Returns the value and both partial derivatives, computed one by one.
  @inlinable
  public static func valueAndDerivatives<Number: Elementary>(
    _ a: Number, _ b: Number, _ constants: [Number]
  ) -> (value: Number, byFirst: Number, bySecond: Number) {
    let partial = derivatives(a, b, constants)
    return (value(a, b, constants), partial.byFirst, partial.bySecond)
  }

  /// Returns the value at `(a, b)`.
  @inlinable
  public static func value(_ a: Double, _ b: Double, scalars: [Double]) -> Double {
    value(a, b, constants(of: scalars))
  }

  /// Returns the value and both partial derivatives.
  @inlinable
  public static func valueAndDerivatives(
    _ a: Double, _ b: Double, scalars: [Double]
  ) -> (value: Double, byFirst: Double, bySecond: Double) {
    valueAndDerivatives(a, b, constants(of: scalars))
  }

  /// Returns the derivative by a scalar.
  @inlinable
  public static func derivative(
    byScalar index: Int, _ a: Double, _ b: Double, scalars: [Double]
  ) -> Double {
    derivative(byScalar: index, a, b, constants(of: scalars))
  }

  /// Computes `values[i] = f(a[i], b[i])`.
  ///
  /// - Parameters:
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalars: The scalars, as many as there are.
  ///   - values: The results.
  @inlinable
  public static func evaluate(
    _ a: Span<Double>, _ b: Span<Double>, scalars: [Double],
    values: inout MutableSpan<Double>
  ) {
    precondition(
      values.count == a.count && b.count == a.count, "\(name): stretches of different lengths")
    let constants = constants(of: scalars)
    for i in a.indices {
      values[unchecked: i] = value(a[unchecked: i], b[unchecked: i], constants)
    }
  }

  /// Computes the values and both partial derivatives.
  ///
  /// - Parameters:
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalars: The scalars, as many as there are.
  ///   - values: The values.
  ///   - derivativesByFirst: The derivatives by the first argument.
  ///   - derivativesBySecond: The derivatives by the second argument.
  @inlinable
  public static func differentiate(
    _ a: Span<Double>, _ b: Span<Double>, scalars: [Double],
    values: inout MutableSpan<Double>, derivativesByFirst: inout MutableSpan<Double>,
    derivativesBySecond: inout MutableSpan<Double>
  ) {
    precondition(
      b.count == a.count && values.count == a.count && derivativesByFirst.count == a.count
        && derivativesBySecond.count == a.count, "\(name): stretches of different lengths")
    let constants = constants(of: scalars)
    for i in a.indices {
      let result = valueAndDerivatives(a[unchecked: i], b[unchecked: i], constants)
      values[unchecked: i] = result.value
      derivativesByFirst[unchecked: i] = result.byFirst
      derivativesBySecond[unchecked: i] = result.bySecond
    }
  }

  /// Computes the derivatives by a scalar.
  ///
  /// - Parameters:
  ///   - index: Which scalar.
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalars: The scalars, as many as there are.
  ///   - derivatives: The derivatives by the scalar.
  @inlinable
  public static func differentiate(
    byScalar index: Int, _ a: Span<Double>, _ b: Span<Double>, scalars: [Double],
    derivatives: inout MutableSpan<Double>
  ) {
    precondition(
      derivatives.count == a.count && b.count == a.count, "\(name): stretches of different lengths")
    let constants = constants(of: scalars)
    for i in a.indices {
      derivatives[unchecked: i] = derivative(
        byScalar: index, a[unchecked: i], b[unchecked: i], constants)
    }
  }
}
