extension ActivationExpression {
  /// Reads a function from text such as `sigmoid(gelu(x)) * gelu(x)`: what `description` and
  /// `exactText()` write.
  ///
  /// The operators are `+ - * / ^` (`/` and exponents that are not whole where the set has them),
  /// with the usual precedence; whole exponents are products. `|a|` is `abs(a)`; every operation
  /// can be called by its name, a learnable one with its scalar last: `mix(a, b, 0.25)`.
  /// Case and underscores of names do not count, and `swish`, `arctan` and the like are understood.
  /// A scalar that is to be learned is called `β`, `β1`, `β2` and so on, with its start behind `=`:
  /// `prelu(x, β = 0.1)`; without one it starts as the operation says.
  ///
  /// Where one text is two functions, it is the one that says more: `a + 0.25` is x + β of `a`, not
  /// the sum of `a` and a constant; `0.25 * a` is β·x; `sigmoid(a) * b` is the sigmoid gate;
  /// `min(a, 0)` is the negative part. The other one is written by name: `add(a, 0.25)`,
  /// `multiply(sigmoid(a), b)`, `min(a, beta(0))`. All of them have the same value.
  ///
  /// - Parameters:
  ///   - text: The formula; at most 100 levels deep.
  ///   - operations: The operations it may use.
  ///   - reading: Whether names mean operations, guards included, or mathematics.
  /// - Throws: `ActivationExpressionError`, which names the column.
  public init(
    parsing text: String, operations: OperationSet = .grafs,
    reading: FormulaReading = .operations
  ) throws(ActivationExpressionError) {
    let formula = try FormulaParser.syntax(of: text)
    self = try FormulaGrammar.grammar(of: operations)
      .expression(of: formula, reading: reading, text: text)
  }

  /// Returns the function exactly as it stands, not simplified, with all digits of scalars.
  ///
  /// Reading it with `init(parsing:operations:)` and the same operations gives the same function,
  /// if they hold all of its own, scalars are finite, and neither the tree nor the text is more
  /// than 100 levels deep. Only the argument of a constant, which its value does not depend on, is
  /// lost: it becomes `x`.
  ///
  /// - Parameter operations: The operations that it will be read with.
  /// - Returns: The text.
  public func exactText(for operations: OperationSet = .grafs) -> String {
    FormulaGrammar.grammar(of: operations).formula(of: self).withWholePowers.withNumberedScalars
      .text
  }
}
