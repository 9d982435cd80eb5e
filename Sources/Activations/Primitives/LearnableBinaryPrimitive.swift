/// A function of two arguments and a learnable scalar.
///
/// What a primitive writes: its names, `initialScalar`, `value`, `derivatives`, `scalarDerivative`
/// and `notation(of:_:scalar:)`.
public protocol LearnableBinaryPrimitive: BinaryFunction {
  /// Returns both partial derivatives, finite for finite arguments.
  static func derivatives(
    _ a: Double, _ b: Double, scalar: Double
  ) -> (byFirst: Double, bySecond: Double)
}

extension LearnableBinaryPrimitive {
  /// Nil: nothing is special where the arguments are equal.
  public static var tieRule: TieRule? { nil }

  /// Returns the value and both partial derivatives, computed one by one.
  @inlinable
  public static func valueAndDerivatives(
    _ a: Double, _ b: Double, scalar: Double
  ) -> (value: Double, byFirst: Double, bySecond: Double) {
    let partial = derivatives(a, b, scalar: scalar)
    return (value(a, b, scalar: scalar), partial.byFirst, partial.bySecond)
  }
}
