/// A function of two arguments.
///
/// What a primitive writes: its names, `value`, `derivatives` and, where it has one, its `tieRule`;
/// `valueAndDerivatives` where they share an exponential or the like; `notation(of:_:)` where it is
/// not written `name(a, b)`.
public protocol BinaryPrimitive: BinaryFunction {
  /// Returns the value at `(a, b)`.
  static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number

  /// Returns both partial derivatives, finite for finite arguments.
  static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number)

  /// Returns the value and both partial derivatives, the same bits as one by one.
  static func valueAndDerivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (value: Number, byFirst: Number, bySecond: Number)

  /// Returns how the function applied to two arguments is written.
  static func notation(of first: Notation, _ second: Notation) -> Notation
}

extension BinaryPrimitive {
  /// Nil: nothing is special where the arguments are equal.
  public static var tieRule: TieRule? { nil }

  /// Returns the value and both partial derivatives, computed one by one.
  @inlinable
  public static func valueAndDerivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (value: Number, byFirst: Number, bySecond: Number) {
    let partial = derivatives(a, b)
    return (value(a, b), partial.byFirst, partial.bySecond)
  }

  /// Returns `name(first, second)`.
  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .call(name, latex: Notation.operatorName(name), [first, second])
  }

  /// Returns the value at `(a, b)`.
  @inlinable
  public static func value<Number: Elementary>(
    _ a: Number, _ b: Number, _ constants: [Number]
  ) -> Number {
    value(a, b)
  }

  /// Returns both partial derivatives.
  @inlinable
  public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number, _ constants: [Number]
  ) -> (byFirst: Number, bySecond: Number) {
    derivatives(a, b)
  }

  /// Returns the value and both partial derivatives.
  @inlinable
  public static func valueAndDerivatives<Number: Elementary>(
    _ a: Number, _ b: Number, _ constants: [Number]
  ) -> (value: Number, byFirst: Number, bySecond: Number) {
    valueAndDerivatives(a, b)
  }

  /// Returns 0: there is no scalar.
  @inlinable
  public static func derivative<Number: Elementary>(
    byScalar index: Int, _ a: Number, _ b: Number, _ constants: [Number]
  ) -> Number {
    0
  }

  /// Returns how the function applied to two arguments is written.
  public static func notation(
    of first: Notation, _ second: Notation, scalars: [Notation]
  ) -> Notation {
    notation(of: first, second)
  }
}
