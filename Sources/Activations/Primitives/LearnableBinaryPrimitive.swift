/// A function of two arguments and learnable scalars.
///
/// What a primitive writes: its names, `scalars`, `value`, `derivatives` and
/// `derivative(byScalar:)`; `notation(of:_:scalars:)` where it is not written `name(a, b, scalar,
/// …)`, and `constants` where something of the scalars alone is worth computing once.
public protocol LearnableBinaryPrimitive: BinaryFunction {}

extension LearnableBinaryPrimitive {
  /// Nil: nothing is special where the arguments are equal.
  public static var tieRule: TieRule? { nil }

  /// Returns `name(first, second, scalar, …)`.
  public static func notation(
    of first: Notation, _ second: Notation, scalars: [Notation]
  ) -> Notation {
    .call(name, latex: Notation.operatorName(name), [first, second] + scalars)
  }
}
