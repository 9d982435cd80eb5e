extension ActivationExpression: CustomStringConvertible {
  /// The simplified function as text, such as `sigmoid(gelu(x)) * gelu(x)`; scalars have six
  /// digits.
  public var description: String { simplified.notation.text }

  /// The simplified function in LaTeX math mode; scalars have six digits.
  public var latex: String { simplified.notation.latex }

  /// The function as it is written, not simplified; scalars have six digits.
  public var notation: Notation { notation(ofNumbers: Notation.number) }

  /// The function as it is written, not simplified, with all digits of scalars.
  public var exactNotation: Notation { notation(ofNumbers: Notation.exactNumber) }

  private func notation(ofNumbers number: (Double) -> Notation) -> Notation {
    switch self {
    case .input:
      .input
    case .unary(let operation, let scalar, let argument):
      operation.primitive.notation(
        of: argument.notation(ofNumbers: number),
        scalar: number(operation.scalarOrStart(scalar)))
    case .binary(let operation, let scalar, let first, let second):
      operation.primitive.notation(
        of: first.notation(ofNumbers: number), second.notation(ofNumbers: number),
        scalar: number(operation.scalarOrStart(scalar)))
    }
  }
}
