extension FormulaGrammar {
  /// Returns the formula of a function that is read as exactly this function.
  ///
  /// A formula as the primitives write it, where that is not read as another operation; else the
  /// operation is called by its name, `multiply(sigmoid(x), x)`, and if that is another one too,
  /// its arguments are as well, `min(x, beta(0))`.
  func formula(of expression: ActivationExpression) -> FormulaSyntax {
    guard let node = Node(expression) else { return .name(CellGraph.inputName) }
    let arguments = node.arguments.map(formula)
    let spelling = Self.spelling(of: node.operation)
    var candidates: [FormulaSyntax] = []
    if let template = spelling.template {
      candidates.append(Self.fill(template, arguments, node.scalar))
    }
    candidates.append(Self.fill(spelling.calls[0], arguments, node.scalar))
    for candidate in candidates where candidate.wholePower == nil {
      if let (rule, filling) = match(candidate), rule.operation == node.operation,
        filling.scalar == node.scalar,
        zip(filling.arguments, arguments).allSatisfy({ $0 == nil || $0 == $1 })
      {
        return candidate
      }
    }
    return call(node) { argument in
      Node(argument).map { call($0, formula) } ?? .name(CellGraph.inputName)
    }
  }

  /// An operation with its scalar and arguments.
  private struct Node {
    let operation: SlotOperation
    let scalar: Double?
    let arguments: [ActivationExpression]

    init?(_ expression: ActivationExpression) {
      let scalar: Double?
      switch expression {
      case .input: return nil
      case .unary(let operation, let given, let argument):
        (self.operation, scalar, arguments) = (.unary(operation), given, [argument])
      case .binary(let operation, let given, let first, let second):
        (self.operation, scalar, arguments) = (.binary(operation), given, [first, second])
      }
      self.scalar = operation.isLearnable ? operation.scalarOrStart(scalar) : nil
    }
  }

  private func call(
    _ node: Node, _ write: (ActivationExpression) -> FormulaSyntax
  ) -> FormulaSyntax {
    Self.fill(
      Self.spelling(of: node.operation).calls[0], node.arguments.map(write), node.scalar)
  }

  private static func fill(
    _ pattern: FormulaSyntax, _ arguments: [FormulaSyntax], _ scalar: Double?
  ) -> FormulaSyntax {
    switch pattern.form {
    case .number: return pattern
    case .name("_0"): return arguments[0]
    case .name("_1"): return arguments[1]
    case .name: return .number(scalar ?? 0)
    case .call(let name, let parameters):
      return .call(name, parameters.map { fill($0, arguments, scalar) })
    case .negative(let operand): return .negative(fill(operand, arguments, scalar))
    case .infix(let sign, let left, let right):
      return .infix(sign, fill(left, arguments, scalar), fill(right, arguments, scalar))
    }
  }
}
