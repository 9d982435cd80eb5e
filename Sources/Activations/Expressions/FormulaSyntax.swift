/// A formula as it is written, before it is known which operations it means.
///
/// A literal with a minus before it is a number, and `a - 2` is kept as `a + (−2)`, so that a
/// scalar of either sign is one pattern: `x + β`.
struct FormulaSyntax: Sendable {
  /// What stands at the root.
  indirect enum Form: Sendable, Hashable {
    case number(Double)
    /// A scalar that is learned, such as `β`, and where it starts.
    case open(String, start: Double?)
    case name(String)
    case call(String, [FormulaSyntax])
    case negative(FormulaSyntax)
    case infix(InfixOperator, FormulaSyntax, FormulaSyntax)
  }

  /// An operator between two operands.
  enum InfixOperator: Character, Sendable, Hashable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"

    /// Whether it takes away what its counterpart adds or multiplies by.
    var isInverse: Bool { self == .subtract || self == .divide }

    /// The operator that undoes it; a power has none.
    var inverse: InfixOperator {
      switch self {
      case .add: .subtract
      case .subtract: .add
      case .multiply: .divide
      case .divide: .multiply
      case .power: .power
      }
    }

    /// How tightly it binds; powers group to the right, the others to the left.
    var binding: Notation.Binding {
      switch self {
      case .add, .subtract: .sum
      case .multiply, .divide: .product
      case .power: .power
      }
    }
  }

  let form: Form

  /// Where it begins in the text, from 1; 0 for a formula that was not read.
  let column: Int

  /// The number of levels below and including the root.
  let depth: Int

  /// The number of operators, calls, names and numbers; of a formula of more than 2³⁰ just so many.
  let size: Int

  private init(_ form: Form, column: Int, over operands: [FormulaSyntax] = []) {
    self.form = form
    self.column = column
    depth = 1 + (operands.map(\.depth).max() ?? 0)
    size = operands.reduce(1) { min(1 << 30, $0 + $1.size) }
  }

  static func number(_ value: Double, column: Int = 0) -> FormulaSyntax {
    FormulaSyntax(.number(value), column: column)
  }

  static func open(_ name: String, start: Double?, column: Int = 0) -> FormulaSyntax {
    FormulaSyntax(.open(name, start: start), column: column)
  }

  static func name(_ name: String, column: Int = 0) -> FormulaSyntax {
    FormulaSyntax(.name(name), column: column)
  }

  static func call(
    _ name: String, _ arguments: [FormulaSyntax], column: Int = 0
  ) -> FormulaSyntax {
    FormulaSyntax(.call(name, arguments), column: column, over: arguments)
  }

  static func negative(_ operand: FormulaSyntax, column: Int = 0) -> FormulaSyntax {
    FormulaSyntax(.negative(operand), column: column, over: [operand])
  }

  static func infix(
    _ sign: InfixOperator, _ left: FormulaSyntax, _ right: FormulaSyntax, column: Int = 0
  ) -> FormulaSyntax {
    if sign == .subtract, case .number(let value) = right.form, value.sign == .plus {
      return infix(.add, left, .number(-value, column: right.column), column: column)
    }
    return FormulaSyntax(.infix(sign, left, right), column: column, over: [left, right])
  }

  /// The same formula with every name of a function replaced.
  func mapCalls<Failure>(
    _ transform: (String, Int) throws(Failure) -> String
  ) throws(Failure) -> FormulaSyntax {
    let mapped = try mapOperands { (operand) throws(Failure) in try operand.mapCalls(transform) }
    guard case .call(let name, let arguments) = mapped.form else { return mapped }
    return .call(try transform(name, column), arguments, column: column)
  }

  /// The same operator or call over other operands.
  func mapOperands<Failure>(
    _ transform: (FormulaSyntax) throws(Failure) -> FormulaSyntax
  ) throws(Failure) -> FormulaSyntax {
    switch form {
    case .number, .name, .open:
      return self
    case .call(let name, let arguments):
      var mapped: [FormulaSyntax] = []
      for argument in arguments { mapped.append(try transform(argument)) }
      return .call(name, mapped, column: column)
    case .negative(let operand):
      return .negative(try transform(operand), column: column)
    case .infix(let sign, let left, let right):
      return .infix(sign, try transform(left), try transform(right), column: column)
    }
  }

  /// The number, if it is one.
  var number: Double? {
    if case .number(let value) = form { value } else { nil }
  }

  /// What the operator or call stands over.
  var operands: [FormulaSyntax] {
    switch form {
    case .number, .name, .open: []
    case .call(_, let arguments): arguments
    case .negative(let operand): [operand]
    case .infix(_, let left, let right): [left, right]
    }
  }
}

extension FormulaSyntax: Hashable {
  /// Whether both are written alike, wherever they stand.
  static func == (left: FormulaSyntax, right: FormulaSyntax) -> Bool { left.form == right.form }

  func hash(into hasher: inout Hasher) { hasher.combine(form) }
}

extension FormulaSyntax {
  /// The formula as text that is read as exactly this formula, with as few parentheses as that
  /// takes and all digits of numbers.
  var text: String { piece.text }

  private var piece: (text: String, binding: Notation.Binding) {
    switch form {
    case .number(let value):
      return (Self.digits(of: value), value.sign == .minus ? .sign : .atom)
    case .open(let name, let start):
      // Behind an operator only parentheses tell where the start ends.
      return start.map { ("\(name) = \(Self.digits(of: $0))", .sum) } ?? (name, .atom)
    case .name(let name):
      return (name, .atom)
    case .call(let name, let arguments):
      return ("\(name)(\(arguments.map(\.text).joined(separator: ", ")))", .atom)
    case .negative(let operand):
      // A minus right before a literal belongs to the literal.
      var isLiteral = false
      if case .number = operand.form { isLiteral = true }
      return ("-" + operand.parenthesized(if: { isLiteral || $0 <= .sign }), .sign)
    case .infix(.add, let left, let right):
      if case .number(let value) = right.form, value.sign == .minus {
        return ("\(left.text) - \(Self.digits(of: -value))", .sum)
      }
      return ("\(left.text) + \(right.operand { $0 <= .sum })", .sum)
    case .infix(.subtract, let left, let right):
      return ("\(left.text) - \(right.operand { $0 <= .sum })", .sum)
    case .infix(.power, let left, let right):
      let base = left.parenthesized { $0 < .atom }
      return ("\(base)^\(right.parenthesized { $0 < .atom })", .power)
    case .infix(let sign, let left, let right):
      let first = left.parenthesized { $0 < .product }
      return ("\(first) \(sign.rawValue) \(right.operand { $0 <= .product })", .product)
    }
  }

  private func parenthesized(if needed: (Notation.Binding) -> Bool) -> String {
    let (text, binding) = piece
    return needed(binding) ? "(\(text))" : text
  }

  /// A right operand: in parentheses also where it begins with a minus.
  private func operand(_ needed: (Notation.Binding) -> Bool) -> String {
    let (text, binding) = piece
    return needed(binding) || text.hasPrefix("-") ? "(\(text))" : text
  }

  private static func digits(of value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
