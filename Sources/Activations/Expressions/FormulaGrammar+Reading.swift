import Suggestions

extension FormulaGrammar {
  /// Names that users bring along, and what they mean here.
  private static let aliases = [
    "swish": "silu", "logistic": "sigmoid", "σ": "sigmoid", "arctan": "atan", "arcsinh": "asinh",
    "arsinh": "asinh", "maximum": "max", "minimum": "min", "lrelu": "leaky_relu",
    "neg": "negation", "ln": "log", "relu2": "squared_relu", "relusquared": "squared_relu",
    "squarerelu": "squared_relu", "sgn": "sign", "signum": "sign",
    "arcsin": "asin", "arccos": "acos", "arccosh": "acosh", "arcosh": "acosh",
    "arctanh": "atanh", "artanh": "atanh", "hypotenuse": "hypot",
  ]

  /// The same of functions that are defined by others.
  private static let definedAliases = ["clamp": "clip"]

  /// What a name that people use means here; nil for none.
  static func alias(of name: String) -> String? {
    aliases[
      name.lowercased().replacing("²", with: "2").filter { $0 != "_" && $0 != "-" && $0 != " " }]
  }

  /// Operations that an operator means where no operation is written exactly so, by name.
  private static let operatorNames: [FormulaSyntax.InfixOperator: [String]] = [
    .divide: [Quotient.name, Division.name], .power: [RealPower.name, Power.name],
  ]

  /// Reads the operations of a formula.
  ///
  /// - Parameters:
  ///   - formula: What is written.
  ///   - reading: In whose words.
  ///   - text: The text it stands in, for errors.
  /// - Returns: The function.
  /// - Throws: `ActivationExpressionError` where no operation is written so.
  func expression(
    of formula: FormulaSyntax, reading: FormulaReading, text: String
  ) throws(ActivationExpressionError) -> ActivationExpression {
    let isMathematics = reading == .mathematics
    let known = functions + (isMathematics ? FormulaDefinition.all.map(\.name) : [])
    let formula = isMathematics ? try withoutDefinitions(formula, text: text) : formula
    let resolved = try formula.mapCalls { (name, column) throws(ActivationExpressionError) in
      guard let function = function(named: name) else {
        throw ActivationExpressionError(
          .unknownFunction(UnknownOperation(name: name, kind: "function", known: known)),
          column: column, text: text)
      }
      return function
    }
    switch reading {
    case .operations: return try expression(written: resolved, text: text)
    case .mathematics:
      return try expression(written: try operations(of: resolved, text: text), text: text)
    }
  }

  /// Reads a formula of operations, after whole powers are written out.
  func expression(
    written formula: FormulaSyntax, text: String
  ) throws(ActivationExpressionError) -> ActivationExpression {
    let products = formula.withoutWholePowers
    guard products.depth <= FormulaParser.maximumDepth, products.size <= Self.maximumSize else {
      throw ActivationExpressionError(
        products.depth > FormulaParser.maximumDepth
          ? .tooDeep(limit: FormulaParser.maximumDepth) : .tooLarge(limit: Self.maximumSize),
        column: formula.column, text: text)
    }
    if let (name, column) = products.repeatedScalar {
      throw ActivationExpressionError(.repeatedScalar(name), column: column, text: text)
    }
    return try read(products, text: text)
  }

  /// The formula with functions that are no operations in the words of those that are.
  private func withoutDefinitions(
    _ formula: FormulaSyntax, text: String
  ) throws(ActivationExpressionError) -> FormulaSyntax {
    let inner = try formula.mapOperands { (operand) throws(ActivationExpressionError) in
      try withoutDefinitions(operand, text: text)
    }
    guard inner.size <= Self.maximumSize else {
      throw ActivationExpressionError(
        .tooLarge(limit: Self.maximumSize), column: inner.column, text: text)
    }
    switch inner.form {
    case .name(let name):
      guard Self.constants[name.lowercased()] == nil, let definition = definition(named: name)
      else { return inner }
      throw ActivationExpressionError(
        .missingArguments(function: definition.name), column: inner.column, text: text)
    case .call(let name, let arguments):
      guard let definition = definition(named: name) else { return inner }
      guard arguments.count == definition.argumentCount else {
        throw ActivationExpressionError(
          .wrongArguments(function: definition.name, forms: [definition.form]),
          column: inner.column, text: text)
      }
      return definition.filled(arguments, column: inner.column)
    default:
      return inner
    }
  }

  /// The function that is defined by others and has a name, if no operation has it.
  private func definition(named name: String) -> FormulaDefinition? {
    guard function(named: name) == nil else { return nil }
    let letters = name.lowercased().filter { $0 != "_" }
    let meant = Self.definedAliases[letters] ?? letters
    return FormulaDefinition.all.first { $0.name == meant }
  }

  /// The function with a name, whatever its case and underscores, or with an alias.
  private func function(named name: String) -> String? {
    sameName(as: name, in: functions)
      ?? Self.alias(of: name).flatMap { functions.contains($0) ? $0 : nil }
  }

  private func read(
    _ formula: FormulaSyntax, text: String
  ) throws(ActivationExpressionError) -> ActivationExpression {
    if case .name(let name) = formula.form {
      if name == CellGraph.inputName { return .input }
      throw ActivationExpressionError(
        function(named: name).map { .missingArguments(function: $0) } ?? .unknownVariable(name),
        column: formula.column, text: text)
    }
    if let (rule, filling) = match(formula) {
      var arguments: [ActivationExpression] = []
      for index in 0..<rule.operation.arity.rawValue {
        // What a constant is applied to is not written.
        guard let argument = filling.arguments[index] else {
          arguments.append(.input)
          continue
        }
        arguments.append(try read(argument, text: text))
      }
      return Self.expression(rule.operation, filling.scalars, arguments)
    }
    if case .infix(let sign, let left, let right) = formula.form,
      let operation = operation(for: sign)
    {
      return Self.expression(
        operation, [:], [try read(left, text: text), try read(right, text: text)])
    }
    throw ActivationExpressionError(misfit(of: formula), column: formula.column, text: text)
  }

  private static func expression(
    _ operation: ElementaryOperation, _ scalars: [Int: ActivationExpression.Scalar],
    _ arguments: [ActivationExpression]
  ) -> ActivationExpression {
    let all = operation.meanScalars.enumerated().map { scalars[$0.offset] ?? .fixed($0.element) }
    return .node(ActivationExpression.Node(operation, scalars: all, arguments))
  }

  private func operation(for sign: FormulaSyntax.InfixOperator) -> ElementaryOperation? {
    guard let names = Self.operatorNames[sign] else { return nil }
    return rules.first { $0.operation.arity == .binary && names.contains($0.operation.name) }?
      .operation
  }

  /// Why a formula fits no rule.
  private func misfit(of formula: FormulaSyntax) -> ActivationExpressionError.Reason {
    func forms(where isAlike: (FormulaSyntax.Form) -> Bool) -> [String] {
      var forms: [String] = []
      for rule in rules where isAlike(rule.pattern.form) {
        let form = Self.readable(rule)
        if !forms.contains(form) { forms.append(form) }
      }
      return forms
    }
    switch formula.form {
    case .call(let name, _):
      return .wrongArguments(
        function: name,
        forms: forms { if case .call(name, _) = $0 { true } else { false } })
    case .infix(let sign, _, _):
      return .noOperation(
        written: "a \(sign.rawValue) b",
        forms: forms { if case .infix(sign, _, _) = $0 { true } else { false } })
    case .negative: return .noOperation(written: "-a", forms: [])
    case .number, .name, .open: return .noOperation(written: formula.text, forms: [])
    }
  }

  /// A pattern with letters for its holes.
  private static func readable(_ rule: Rule) -> String {
    let text = rule.pattern.text.replacing("_0", with: "a").replacing("_1", with: "b")
    let scalars = rule.operation.scalars.indices
    return scalars.reduce(text) { text, index in
      text.replacing("_s\(index)", with: scalars.count == 1 ? "β" : "β\(index + 1)")
    }
  }
}
