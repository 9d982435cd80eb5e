/// A function of two arguments.
///
/// What a primitive writes: its names, `value`, `derivatives` and, where it has one, its `tieRule`;
/// `valueAndDerivatives` where they share an exponential or the like; `notation(of:_:)` where it is
/// not written `name(a, b)`.
public protocol BinaryPrimitive: BinaryFunction {
  /// Returns the value at `(a, b)`.
  static func value(_ a: Double, _ b: Double) -> Double

  /// Returns both partial derivatives, finite for finite arguments.
  static func derivatives(_ a: Double, _ b: Double) -> (byFirst: Double, bySecond: Double)

  /// Returns the value and both partial derivatives, the same bits as one by one.
  static func valueAndDerivatives(
    _ a: Double, _ b: Double
  ) -> (value: Double, byFirst: Double, bySecond: Double)

  /// Returns how the function applied to two arguments is written.
  static func notation(of first: Notation, _ second: Notation) -> Notation
}

extension BinaryPrimitive {
  /// Nil: there is no scalar.
  public static var initialScalar: InitialScalar? { nil }

  /// Nil: nothing is special where the arguments are equal.
  public static var tieRule: TieRule? { nil }

  /// Returns the value and both partial derivatives, computed one by one.
  @inlinable
  public static func valueAndDerivatives(
    _ a: Double, _ b: Double
  ) -> (value: Double, byFirst: Double, bySecond: Double) {
    let partial = derivatives(a, b)
    return (value(a, b), partial.byFirst, partial.bySecond)
  }

  /// Returns `name(first, second)`.
  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .call(name, latex: Notation.operatorName(name), [first, second])
  }

  /// Returns the value at `(a, b)`.
  @inlinable
  public static func value(_ a: Double, _ b: Double, scalar: Double) -> Double { value(a, b) }

  /// Returns the value and both partial derivatives.
  @inlinable
  public static func valueAndDerivatives(
    _ a: Double, _ b: Double, scalar: Double
  ) -> (value: Double, byFirst: Double, bySecond: Double) {
    valueAndDerivatives(a, b)
  }

  /// Returns 0: there is no scalar.
  @inlinable
  public static func scalarDerivative(_ a: Double, _ b: Double, scalar: Double) -> Double { 0 }

  /// Returns how the function applied to two arguments is written.
  public static func notation(
    of first: Notation, _ second: Notation, scalar: Notation
  ) -> Notation {
    notation(of: first, second)
  }
}
