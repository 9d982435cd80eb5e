/// Functions that mathematics has and that are no operations: what people write is read as what it
/// is defined to be, so that it has its value and slope in every export.
struct FormulaDefinition: Sendable {
  /// The name that is called.
  let name: String

  /// The formula in the holes `_0`, `_1`, `_2`.
  private let formula: FormulaSyntax

  /// How many arguments it takes.
  let argumentCount: Int

  private init(_ name: String, _ text: String, arguments: Int = 1) {
    guard let formula = try? FormulaParser.syntax(of: text) else {
      preconditionFailure("FormulaDefinition: \(name) is no formula: \(text)")
    }
    (self.name, self.formula, argumentCount) = (name, formula, arguments)
  }

  /// All there are, one line each.
  static let all = [
    FormulaDefinition("tan", "sin(_0) / cos(_0)"),
    FormulaDefinition("log2", "log(_0) / 0.6931471805599453"),
    FormulaDefinition("log10", "log(_0) / 2.302585092994046"),
    FormulaDefinition("exp2", "2^_0"),
    FormulaDefinition("clip", "min(max(_0, _1), _2)", arguments: 3),
    FormulaDefinition("relu6", "min(relu(_0), 6)"),
    FormulaDefinition("hardtanh", "min(max(_0, -1), 1)"),
  ]

  /// How it is called, such as `hypot(a, b)`.
  var form: String {
    "\(name)(\(["a", "b", "c"].prefix(argumentCount).joined(separator: ", ")))"
  }

  /// What a call means.
  ///
  /// - Parameters:
  ///   - arguments: As many as it takes.
  ///   - column: Where the call stands.
  /// - Returns: The formula over the arguments.
  func filled(_ arguments: [FormulaSyntax], column: Int) -> FormulaSyntax {
    Self.fill(formula, arguments, column)
  }

  private static func fill(
    _ pattern: FormulaSyntax, _ arguments: [FormulaSyntax], _ column: Int
  ) -> FormulaSyntax {
    switch pattern.form {
    case .open(let name, let start): return .open(name, start: start, column: column)
    case .number(let value): return .number(value, column: column)
    case .name("_0"): return arguments[0]
    case .name("_1"): return arguments[1]
    case .name("_2"): return arguments[2]
    case .name(let name): return .name(name, column: column)
    case .call(let name, let operands):
      return .call(name, operands.map { fill($0, arguments, column) }, column: column)
    case .negative(let operand): return .negative(fill(operand, arguments, column), column: column)
    case .infix(let sign, let left, let right):
      return .infix(
        sign, fill(left, arguments, column), fill(right, arguments, column), column: column)
    }
  }
}
