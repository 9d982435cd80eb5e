/// Reads a text as a formula, by the precedence of its operators.
///
/// From loosest to tightest: `+ -`, `* /`, the sign, `^`. Powers group to the right, the others to
/// the left. `|a|` is `abs(a)`.
struct FormulaParser {
  /// How many levels of operators, calls and parentheses a formula may have.
  ///
  /// Reading, writing and evaluating a formula take a piece of the stack for each level, and this
  /// many fit on one mebibyte, also without optimization.
  static let maximumDepth = 100

  private let text: String
  private let tokens: [FormulaToken]
  private var position = 0
  private var nesting = 0

  private init(text: String) throws(ActivationExpressionError) {
    self.text = text
    tokens = try FormulaToken.tokens(of: text)
  }

  /// Reads a text.
  ///
  /// - Parameter text: The formula.
  /// - Returns: What is written.
  /// - Throws: `ActivationExpressionError` where the text is no formula.
  static func syntax(of text: String) throws(ActivationExpressionError) -> FormulaSyntax {
    var parser = try FormulaParser(text: text)
    guard parser.tokens.count > 1 else {
      throw ActivationExpressionError(.empty, column: 1, text: text)
    }
    let formula = try parser.formula(binding: .sum)
    guard parser.current.kind == .end else {
      throw parser.unexpected("an operator or the end")
    }
    return formula
  }

  private var current: FormulaToken { tokens[position] }

  private func unexpected(_ expected: String) -> ActivationExpressionError {
    ActivationExpressionError(
      .unexpected(token: current.text, expected: expected), column: current.column, text: text)
  }

  private func tooDeep(at column: Int) -> ActivationExpressionError {
    ActivationExpressionError(.tooDeep(limit: Self.maximumDepth), column: column, text: text)
  }

  /// Takes a sign if it stands here.
  private mutating func take(_ sign: Character) -> Bool {
    guard current.kind == .sign(sign) else { return false }
    position += 1
    return true
  }

  private var infixOperator: FormulaSyntax.InfixOperator? {
    guard case .sign(let sign) = current.kind else { return nil }
    return FormulaSyntax.InfixOperator(rawValue: sign)
  }

  /// Reads operands joined by operators that bind at least so tightly.
  private mutating func formula(
    binding loosest: Notation.Binding
  ) throws(ActivationExpressionError) -> FormulaSyntax {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.maximumDepth else { throw tooDeep(at: current.column) }
    var left = try operand()
    while let sign = infixOperator, sign.binding >= loosest {
      if sign.binding == .power {
        let column = current.column
        position += 1
        left = .infix(sign, left, try formula(binding: .power), column: column)
      } else {
        left = try chain(from: left, by: sign.binding)
      }
      guard left.depth <= Self.maximumDepth else { throw tooDeep(at: left.column) }
    }
    return left
  }

  /// An operand with the operator before it, which stands at a column.
  private typealias Link = (sign: FormulaSyntax.InfixOperator, operand: FormulaSyntax, column: Int)

  /// Reads on in a sum or product, which groups to the left; one of so many operands that this
  /// would be too deep, in groups, so that a long formula is no deep one.
  private mutating func chain(
    from first: FormulaSyntax, by binding: Notation.Binding
  ) throws(ActivationExpressionError) -> FormulaSyntax {
    var links: [Link] = []
    while let sign = infixOperator, sign.binding == binding {
      let column = current.column
      position += 1
      let operand = try formula(binding: binding == .sum ? .product : .sign)
      links.append((sign, operand, column))
    }
    let depth = links.reduce(first.depth) { 1 + max($0, $1.operand.depth) }
    if depth <= Self.maximumDepth { return Self.joined(first, links[...]) }
    guard links.count <= Self.longestChain else { throw tooDeep(at: links[links.count - 1].column) }
    var whole = Self.joined(first, links.prefix(Self.groupSize))
    var rest = links.dropFirst(Self.groupSize)
    while let head = rest.first {
      // Behind a minus the signs of a group are turned, behind a division its operators.
      let group = rest.prefix(Self.groupSize).dropFirst().map { link -> Link in
        (head.sign.isInverse ? link.sign.inverse : link.sign, link.operand, link.column)
      }
      whole = .infix(head.sign, whole, Self.joined(head.operand, group[...]), column: head.column)
      rest = rest.dropFirst(Self.groupSize)
    }
    return whole
  }

  /// How many operands of a long sum or product stand in a group, and how many there may be.
  private static let groupSize = 40
  private static let longestChain = 2000

  private static func joined(_ first: FormulaSyntax, _ links: ArraySlice<Link>) -> FormulaSyntax {
    links.reduce(first) { .infix($1.sign, $0, $1.operand, column: $1.column) }
  }

  /// Reads what stands between operators.
  private mutating func operand() throws(ActivationExpressionError) -> FormulaSyntax {
    let token = current
    switch token.kind {
    case .number(let value):
      position += 1
      return .number(value, column: token.column)
    case .name:
      position += 1
      // f²(x) is f(x)².
      let isInput = CellGraph.isInputName(token.text)
      let exponent = isInput ? nil : superscriptBeforeCall
      if exponent != nil { position += 2 }
      guard take("(") else {
        if FormulaSyntax.isScalarName(token.text) {
          return .open(token.text, start: try start(), column: token.column)
        }
        return .name(isInput ? CellGraph.inputName : token.text, column: token.column)
      }
      let call = FormulaSyntax.call(token.text, try arguments(), column: token.column)
      return exponent.map {
        .infix(.power, call, .number($0, column: token.column), column: token.column)
      } ?? call
    case .sign("("):
      position += 1
      let inner = try formula(binding: .sum)
      guard take(")") else { throw unexpected("an operator or ')'") }
      return inner
    case .sign("|"):
      position += 1
      let inner = try formula(binding: .sum)
      guard take("|") else { throw unexpected("an operator or '|'") }
      return .call(AbsoluteValue.name, [inner], column: token.column)
    case .sign("-"):
      position += 1
      if case .number(let value) = current.kind, tokens[position + 1].kind != .sign("^") {
        position += 1
        return .number(-value, column: token.column)
      }
      return .negative(try formula(binding: .power), column: token.column)
    case .sign("+"):
      position += 1
      return try formula(binding: .power)
    case .sign, .end:
      throw unexpected("x, a number, a function or '('")
    }
  }

  /// The number at which a scalar starts, if `=` stands here.
  private mutating func start() throws(ActivationExpressionError) -> Double? {
    guard take("=") else { return nil }
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard case .number(let value) = current.kind else { throw unexpected("a number") }
    position += 1
    return isNegative ? -value : value
  }

  /// The superscript that stands here, if parentheses follow.
  private var superscriptBeforeCall: Double? {
    guard current.kind == .sign("^"), current.text != "^", current.text != "**",
      case .number(let exponent) = tokens[position + 1].kind,
      tokens[position + 2].kind == .sign("(")
    else { return nil }
    return exponent
  }

  /// Reads the arguments of a call and its closing parenthesis.
  private mutating func arguments() throws(ActivationExpressionError) -> [FormulaSyntax] {
    var arguments: [FormulaSyntax] = []
    repeat {
      arguments.append(try formula(binding: .sum))
    } while take(",")
    guard take(")") else { throw unexpected("an operator, ',' or ')'") }
    return arguments
  }
}
