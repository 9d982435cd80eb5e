/// A function of one argument.
///
/// What a primitive writes: its names, `value`, `derivative` and, where it has any, its `kinks`;
/// `valueAndDerivative` where the two share an exponential or the like; `notation(of:)` where it is
/// not written `name(x)`.
public protocol UnaryPrimitive: UnaryFunction {
  /// Returns the value at `x`; NaN for NaN.
  static func value(_ x: Double) -> Double

  /// Returns the derivative at `x`, finite for every finite `x`.
  static func derivative(_ x: Double) -> Double

  /// Returns the value and the derivative at `x`, the same bits as one by one.
  static func valueAndDerivative(_ x: Double) -> (value: Double, derivative: Double)

  /// Returns how the function applied to `argument` is written.
  static func notation(of argument: Notation) -> Notation
}

extension UnaryPrimitive {
  /// Nil: there is no scalar.
  public static var initialScalar: InitialScalar? { nil }

  /// Empty: differentiable everywhere.
  public static var kinks: [Kink] { [] }

  /// Returns the value and the derivative at `x`, computed one by one.
  @inlinable
  public static func valueAndDerivative(_ x: Double) -> (value: Double, derivative: Double) {
    (value(x), derivative(x))
  }

  /// Returns `name(argument)`.
  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName(name), [argument])
  }

  /// Returns the value at `x`.
  @inlinable
  public static func value(_ x: Double, scalar: Double) -> Double { value(x) }

  /// Returns the value and the derivative at `x`.
  @inlinable
  public static func valueAndDerivative(
    _ x: Double, scalar: Double
  ) -> (value: Double, derivative: Double) {
    valueAndDerivative(x)
  }

  /// Returns 0: there is no scalar.
  @inlinable
  public static func scalarDerivative(_ x: Double, scalar: Double) -> Double { 0 }

  /// Returns how the function applied to `argument` is written.
  public static func notation(of argument: Notation, scalar: Notation) -> Notation {
    notation(of: argument)
  }
}
