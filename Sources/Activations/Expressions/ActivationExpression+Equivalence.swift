extension ActivationExpression {
  /// The form that many ways to write the same function share.
  ///
  /// Without `left`, `right` and identities; constants are folded, signs stand outside, arguments
  /// that commute are in order, and equal arguments of max, min, mix, sums and products are one.
  ///
  /// Wherever the value of this function is finite, so is that of the canonical form, and the two
  /// are equal (a zero's sign aside), but for the last bits where equal arguments are mixed or `x ·
  /// σ(x)` becomes SiLU. Where this function overflows or is NaN on the way, as ∞ − ∞, the
  /// canonical form may be finite. At a kink the derivative may be another one, and a bound may
  /// clip elsewhere. Open scalars count as where they start. Canonical forms are canonical:
  /// `e.canonical.canonical == e.canonical`.
  public var canonical: ActivationExpression {
    guard case .node(let node) = self else { return .input }
    return CanonicalForm.node(node.operation, node.numbers, node.arguments.map(\.canonical))
  }

  /// Whether both functions have the same canonical form; of functions with open scalars, whether
  /// they are written alike.
  ///
  /// Never true of functions that differ, beyond rounding, where both are finite. Not every pair of
  /// equal ones is found, because sums and products are not regrouped: `(a + b) + c` and
  /// `a + (b + c)` round differently.
  ///
  /// - Parameter other: Another function.
  /// - Returns: Whether the forms are equal.
  public func isCanonicallyEquivalent(to other: ActivationExpression) -> Bool {
    openScalars.isEmpty && other.openScalars.isEmpty
      ? canonical == other.canonical : self == other
  }
}
