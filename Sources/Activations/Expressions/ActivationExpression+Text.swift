extension ActivationExpression: CustomStringConvertible {
  /// The simplified function as text, such as `sigmoid(gelu(x)) * gelu(x)`; scalars have six digits.
  public var description: String { simplified.notation.text }

  /// The simplified function in LaTeX math mode; scalars have six digits.
  public var latex: String { simplified.notation.latex }

  /// The function as it is written, not simplified.
  public var notation: Notation {
    switch self {
    case .input:
      .input
    case .unary(let operation, let scalar, let argument):
      operation.primitive.notation(
        of: argument.notation, scalar: .number(operation.scalarOrStart(scalar)))
    case .binary(let operation, let scalar, let first, let second):
      operation.primitive.notation(
        of: first.notation, second.notation, scalar: .number(operation.scalarOrStart(scalar)))
    }
  }
}
