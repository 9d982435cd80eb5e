extension FormulaGrammar {
  /// Returns the formula of a function that is read as exactly this function.
  ///
  /// A formula as the primitives write it, where that is not read as another operation; else the
  /// operation is called by its name, `multiply(sigmoid(x), x)`, and if that is another one too,
  /// its arguments are as well, `min(x, beta(0))`.
  func formula(of expression: ActivationExpression) -> FormulaSyntax {
    guard case .node(let node) = expression else { return .name(CellGraph.inputName) }
    let arguments = node.arguments.map(formula)
    let spelling = Self.spelling(of: node.operation)
    var candidates: [FormulaSyntax] = []
    if let template = spelling.template {
      candidates.append(Self.fill(template, arguments, node.scalars))
    }
    candidates.append(Self.fill(spelling.calls[0], arguments, node.scalars))
    for candidate in candidates where candidate.wholePower == nil {
      if let (rule, filling) = match(candidate), rule.operation == node.operation,
        node.scalars.enumerated().allSatisfy({ filling.scalars[$0.offset] == $0.element }),
        filling.arguments.allSatisfy({ arguments[$0.key] == $0.value })
      {
        return candidate
      }
    }
    return call(node) { argument in
      guard case .node(let inner) = argument else { return .name(CellGraph.inputName) }
      return call(inner, formula)
    }
  }

  private func call(
    _ node: ActivationExpression.Node, _ write: (ActivationExpression) -> FormulaSyntax
  ) -> FormulaSyntax {
    Self.fill(
      Self.spelling(of: node.operation).calls[0], node.arguments.map(write), node.scalars)
  }

  private static func fill(
    _ pattern: FormulaSyntax, _ arguments: [FormulaSyntax], _ scalars: [ActivationExpression.Scalar]
  ) -> FormulaSyntax {
    switch pattern.form {
    case .number, .open: return pattern
    case .name(let hole):
      if let index = scalarHole(hole) {
        switch scalars[index] {
        case .fixed(let number): return .number(number)
        case .open(let start): return .open("β", start: start)
        }
      }
      return argumentHole(hole).map { arguments[$0] } ?? pattern
    case .call(let name, let parameters):
      return .call(name, parameters.map { fill($0, arguments, scalars) })
    case .negative(let operand): return .negative(fill(operand, arguments, scalars))
    case .infix(let sign, let left, let right):
      return .infix(sign, fill(left, arguments, scalars), fill(right, arguments, scalars))
    }
  }
}
