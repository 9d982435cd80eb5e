extension ActivationExpression: CustomStringConvertible {
  /// The simplified function as text, such as `sigmoid(gelu(x)) * gelu(x)`; scalars have six
  /// digits, or are called β where they are learned.
  public var description: String { simplified.notation.text }

  /// The simplified function in LaTeX math mode; scalars have six digits.
  public var latex: String { simplified.notation.latex }

  /// The function as it is written, not simplified; scalars have six digits.
  public var notation: Notation {
    notation(ofNumbers: Notation.number).withNumberedScalars
  }

  /// The function as it is written, not simplified, with all digits of scalars.
  public var exactNotation: Notation {
    notation(ofNumbers: Notation.exactNumber).withNumberedScalars
  }

  private func notation(ofNumbers number: (Double) -> Notation) -> Notation {
    guard case .node(let node) = self else { return .input }
    return node.operation.notation(
      of: node.arguments.map { $0.notation(ofNumbers: number) },
      scalars: node.scalars.map { scalar in
        switch scalar {
        case .fixed(let value): number(value)
        case .open: .openScalar
        }
      })
  }
}
