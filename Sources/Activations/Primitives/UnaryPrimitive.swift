/// A function of one argument.
///
/// What a primitive writes: its names, `value`, `derivative` and, where it has any, its `kinks`;
/// `valueAndDerivative` where the two share an exponential or the like; `notation(of:)` where it is
/// not written `name(x)`.
public protocol UnaryPrimitive: UnaryFunction {
  /// Returns the value at `x`; NaN for NaN.
  static func value<Number: Elementary>(_ x: Number) -> Number

  /// Returns the derivative at `x`, finite for every finite `x`.
  static func derivative<Number: Elementary>(_ x: Number) -> Number

  /// Returns the value and the derivative at `x`, the same bits as one by one.
  static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number)

  /// Returns how the function applied to `argument` is written.
  static func notation(of argument: Notation) -> Notation
}

extension UnaryPrimitive {
  /// Empty: differentiable everywhere.
  public static var kinks: [Kink] { [] }

  /// Returns the value and the derivative at `x`, computed one by one.
  @inlinable
  public static func valueAndDerivative<Number: Elementary>(
    _ x: Number
  ) -> (value: Number, derivative: Number) {
    (value(x), derivative(x))
  }

  /// Returns `name(argument)`.
  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName(name), [argument])
  }

  /// Returns the value at `x`.
  @inlinable
  public static func value<Number: Elementary>(_ x: Number, _ constants: [Number]) -> Number {
    value(x)
  }

  /// Returns the derivative at `x`.
  @inlinable
  public static func derivative<Number: Elementary>(_ x: Number, _ constants: [Number]) -> Number {
    derivative(x)
  }

  /// Returns the value and the derivative at `x`.
  @inlinable
  public static func valueAndDerivative<Number: Elementary>(
    _ x: Number, _ constants: [Number]
  ) -> (value: Number, derivative: Number) {
    valueAndDerivative(x)
  }

  /// Returns 0: there is no scalar.
  @inlinable
  public static func derivative<Number: Elementary>(
    byScalar index: Int, _ x: Number, _ constants: [Number]
  ) -> Number {
    0
  }

  /// Returns how the function applied to `argument` is written.
  public static func notation(of argument: Notation, scalars: [Notation]) -> Notation {
    notation(of: argument)
  }
}
