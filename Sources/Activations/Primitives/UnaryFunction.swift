/// A function of one argument and perhaps scalars, with its loops.
///
/// Conform to `UnaryPrimitive` or `LearnableUnaryPrimitive`, which derive everything here from two
/// or three formulas. The loops, and what takes `Double`, are requirements with one `@inlinable`
/// implementation, so that each primitive gets its own specialized loop and a call through `any
/// UnaryFunction.Type` costs one indirect call per chunk, not per element.
public protocol UnaryFunction: Primitive {
  /// Where the function is not differentiable, in ascending order.
  static var kinks: [Kink] { get }

  /// Returns what the formulas need of the scalars, computed once for many arguments; the scalars
  /// themselves unless the primitive says otherwise.
  static func constants<Number: Elementary>(of scalars: [Number]) -> [Number]

  /// Returns the value at `x`; NaN for NaN.
  static func value<Number: Elementary>(_ x: Number, _ constants: [Number]) -> Number

  /// Returns the derivative by `x`, finite for finite arguments.
  static func derivative<Number: Elementary>(_ x: Number, _ constants: [Number]) -> Number

  /// Returns the value and the derivative by `x`, which share what they can: the bits of `value`
  /// and `derivative`.
  static func valueAndDerivative<Number: Elementary>(
    _ x: Number, _ constants: [Number]
  ) -> (value: Number, derivative: Number)

  /// Returns the derivative by a scalar, finite for finite arguments.
  static func derivative<Number: Elementary>(
    byScalar index: Int, _ x: Number, _ constants: [Number]
  ) -> Number

  /// Returns how the function applied to `argument` is written.
  static func notation(of argument: Notation, scalars: [Notation]) -> Notation

  /// Returns the value at `x`; NaN for NaN.
  static func value(_ x: Double, scalars: [Double]) -> Double

  /// Returns the value and the derivative by `x`.
  static func valueAndDerivative(
    _ x: Double, scalars: [Double]
  ) -> (value: Double, derivative: Double)

  /// Returns the derivative by a scalar.
  static func derivative(byScalar index: Int, _ x: Double, scalars: [Double]) -> Double

  /// Computes `values[i] = f(x[i])`.
  ///
  /// - Parameters:
  ///   - x: The arguments.
  ///   - scalars: The scalars, as many as there are.
  ///   - values: The results.
  static func evaluate(_ x: Span<Double>, scalars: [Double], values: inout MutableSpan<Double>)

  /// Computes `values[i] = f(x[i])` and `derivatives[i] = f′(x[i])`.
  ///
  /// - Parameters:
  ///   - x: The arguments.
  ///   - scalars: The scalars, as many as there are.
  ///   - values: The values.
  ///   - derivatives: The derivatives by `x`.
  static func differentiate(
    _ x: Span<Double>, scalars: [Double], values: inout MutableSpan<Double>,
    derivatives: inout MutableSpan<Double>)

  /// Computes the derivatives by a scalar.
  ///
  /// - Parameters:
  ///   - index: Which scalar.
  ///   - x: The arguments.
  ///   - scalars: The scalars, as many as there are.
  ///   - derivatives: The derivatives by the scalar.
  static func differentiate(
    byScalar index: Int, _ x: Span<Double>, scalars: [Double],
    derivatives: inout MutableSpan<Double>)
}

extension UnaryFunction {
  /// The scalars themselves.
  @inlinable
  public static func constants<Number: Elementary>(of scalars: [Number]) -> [Number] { scalars }

  /// Returns the value and the derivative by `x`, computed one by one.
  @inlinable
  public static func valueAndDerivative<Number: Elementary>(
    _ x: Number, _ constants: [Number]
  ) -> (value: Number, derivative: Number) {
    (value(x, constants), derivative(x, constants))
  }

  /// Returns the value at `x`; NaN for NaN.
  @inlinable
  public static func value(_ x: Double, scalars: [Double]) -> Double {
    value(x, constants(of: scalars))
  }

  /// Returns the value and the derivative by `x`.
  @inlinable
  public static func valueAndDerivative(
    _ x: Double, scalars: [Double]
  ) -> (value: Double, derivative: Double) {
    valueAndDerivative(x, constants(of: scalars))
  }

  /// Returns the derivative by a scalar.
  @inlinable
  public static func derivative(byScalar index: Int, _ x: Double, scalars: [Double]) -> Double {
    derivative(byScalar: index, x, constants(of: scalars))
  }

  /// Computes `values[i] = f(x[i])`.
  ///
  /// - Parameters:
  ///   - x: The arguments.
  ///   - scalars: The scalars, as many as there are.
  ///   - values: The results.
  @inlinable
  public static func evaluate(
    _ x: Span<Double>, scalars: [Double], values: inout MutableSpan<Double>
  ) {
    precondition(values.count == x.count, "\(name): stretches of different lengths")
    let constants = constants(of: scalars)
    for i in x.indices {
      values[unchecked: i] = value(x[unchecked: i], constants)
    }
  }

  /// Computes `values[i] = f(x[i])` and `derivatives[i] = f′(x[i])`.
  ///
  /// - Parameters:
  ///   - x: The arguments.
  ///   - scalars: The scalars, as many as there are.
  ///   - values: The values.
  ///   - derivatives: The derivatives by `x`.
  @inlinable
  public static func differentiate(
    _ x: Span<Double>, scalars: [Double], values: inout MutableSpan<Double>,
    derivatives: inout MutableSpan<Double>
  ) {
    precondition(
      values.count == x.count && derivatives.count == x.count,
      "\(name): stretches of different lengths")
    let constants = constants(of: scalars)
    for i in x.indices {
      let result = valueAndDerivative(x[unchecked: i], constants)
      values[unchecked: i] = result.value
      derivatives[unchecked: i] = result.derivative
    }
  }

  /// Computes the derivatives by a scalar.
  ///
  /// - Parameters:
  ///   - index: Which scalar.
  ///   - x: The arguments.
  ///   - scalars: The scalars, as many as there are.
  ///   - derivatives: The derivatives by the scalar.
  @inlinable
  public static func differentiate(
    byScalar index: Int, _ x: Span<Double>, scalars: [Double],
    derivatives: inout MutableSpan<Double>
  ) {
    precondition(derivatives.count == x.count, "\(name): stretches of different lengths")
    let constants = constants(of: scalars)
    for i in x.indices {
      derivatives[unchecked: i] = derivative(byScalar: index, x[unchecked: i], constants)
    }
  }
}
