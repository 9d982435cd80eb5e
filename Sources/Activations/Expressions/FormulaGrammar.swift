/// How the operations of a set are written, by which formulas are read and written.
///
/// The patterns come from the primitives' own `notation`, applied to the holes `_0`, `_1`
/// (arguments) and `_s` (scalar); every operation can also be called by its name, `name(_0, _1,
/// _s)`. Of the patterns that a formula fits, the one that says most wins, and among equals the
/// first in the set's order.
struct FormulaGrammar: Sendable {
  /// One way to write an operation.
  struct Rule: Sendable {
    let operation: SlotOperation
    let pattern: FormulaSyntax
    /// How much the pattern says besides holes.
    let weight: Int
  }

  /// What stands in the holes of a pattern.
  struct Filling {
    var arguments: [FormulaSyntax?] = [nil, nil]
    var scalar: Double?
  }

  private static let grafs = FormulaGrammar(.grafs)
  private static let allPrimitives = FormulaGrammar(.allPrimitives)

  /// The grammar of a set; those that most formulas use are made once.
  static func grammar(of operations: OperationSet) -> FormulaGrammar {
    if operations == .allPrimitives { return allPrimitives }
    return operations == .grafs ? grafs : FormulaGrammar(operations)
  }

  /// The rules, those that say most first.
  let rules: [Rule]

  /// The names that can be called.
  let functions: [String]

  init(_ operations: OperationSet) {
    let rules = operations.all.flatMap(Self.rules)
    self.rules = rules.enumerated().sorted { left, right in
      (right.element.weight, left.offset) < (left.element.weight, right.offset)
    }.map(\.element)
    var functions: [String] = []
    for case .call(let name, _) in rules.map(\.pattern.form) where !functions.contains(name) {
      functions.append(name)
    }
    self.functions = functions
  }

  private static func rules(for operation: SlotOperation) -> [Rule] {
    let spelling = spelling(of: operation)
    let patterns = [spelling.template].compactMap { $0 } + spelling.calls
    return patterns.map { Rule(operation: operation, pattern: $0, weight: weight(of: $0)) }
  }

  /// How an operation is written and called.
  struct Spelling: Sendable {
    /// As the primitive has it; nil where that is nothing but an argument.
    let template: FormulaSyntax?
    /// `name(_0, _1, _s)`, and without the scalar; `name(_s)` for a constant.
    let calls: [FormulaSyntax]
    /// Whether the argument is not in the template, as of a constant.
    let dropsArgument: Bool

    init(_ operation: SlotOperation) {
      let template = FormulaGrammar.template(of: operation)
      let dropsArgument =
        operation.arity == .unary
        && template.map { !FormulaGrammar.holes(of: $0).contains("_0") } ?? false
      self.template = template
      self.dropsArgument = dropsArgument
      calls = FormulaGrammar.calls(to: operation, dropsArgument: dropsArgument)
    }
  }

  /// The spellings of the primitives there are, by their types: another set may have another of the
  /// same name.
  private static let spellings: [ObjectIdentifier: Spelling] = {
    var spellings: [ObjectIdentifier: Spelling] = [:]
    for operation in OperationSet(unary: PrimitiveTable.unary, binary: PrimitiveTable.binary).all {
      spellings[type(of: operation)] = Spelling(operation)
    }
    return spellings
  }()

  private static func type(of operation: SlotOperation) -> ObjectIdentifier {
    switch operation {
    case .unary(let unary): ObjectIdentifier(unary.primitive)
    case .binary(let binary): ObjectIdentifier(binary.primitive)
    }
  }

  static func spelling(of operation: SlotOperation) -> Spelling {
    spellings[type(of: operation)] ?? Spelling(operation)
  }

  private static func template(of operation: SlotOperation) -> FormulaSyntax? {
    func hole(_ name: String) -> Notation { .symbol(name, latex: name) }
    let notation =
      switch operation {
      case .unary(let unary): unary.primitive.notation(of: hole("_0"), scalar: hole("_s"))
      case .binary(let binary):
        binary.primitive.notation(of: hole("_0"), hole("_1"), scalar: hole("_s"))
      }
    guard let syntax = try? FormulaParser.syntax(of: notation.text) else { return nil }
    if case .name(let name) = syntax.form, name != "_s" { return nil }
    return syntax
  }

  private static func holes(of pattern: FormulaSyntax) -> Set<String> {
    switch pattern.form {
    case .number: []
    case .name(let name): [name]
    case .call(_, let arguments): arguments.reduce(into: []) { $0.formUnion(holes(of: $1)) }
    case .negative(let operand): holes(of: operand)
    case .infix(_, let left, let right): holes(of: left).union(holes(of: right))
    }
  }

  private static func calls(
    to operation: SlotOperation, dropsArgument: Bool
  ) -> [FormulaSyntax] {
    var holes = (0..<operation.arity.rawValue).map { FormulaSyntax.name("_\($0)") }
    guard operation.isLearnable else { return [.call(operation.name, holes)] }
    if dropsArgument { return [.call(operation.name, [.name("_s")])] }
    let short = FormulaSyntax.call(operation.name, holes)
    holes.append(.name("_s"))
    return [.call(operation.name, holes), short]
  }

  private static func weight(of pattern: FormulaSyntax) -> Int {
    switch pattern.form {
    case .number: 2
    case .name(let name): name == "_s" ? 1 : 0
    case .call(_, let arguments): 2 + arguments.reduce(0) { $0 + weight(of: $1) }
    case .negative(let operand): 2 + weight(of: operand)
    case .infix(_, let left, let right): 2 + weight(of: left) + weight(of: right)
    }
  }

  /// The first rule that a formula fits, and what fills its holes.
  func match(_ formula: FormulaSyntax) -> (rule: Rule, filling: Filling)? {
    for rule in rules {
      var filling = Filling()
      if Self.fit(formula, rule.pattern, &filling) { return (rule, filling) }
    }
    return nil
  }

  private static func fit(
    _ formula: FormulaSyntax, _ pattern: FormulaSyntax, _ filling: inout Filling
  ) -> Bool {
    switch (pattern.form, formula.form) {
    case (.name("_s"), .number(let value)):
      if let scalar = filling.scalar { return scalar == value }
      filling.scalar = value
      return true
    case (.name("_0"), _), (.name("_1"), _):
      let index = pattern == .name("_0") ? 0 : 1
      if let argument = filling.arguments[index] { return argument == formula }
      filling.arguments[index] = formula
      return true
    case (.number(let expected), .number(let value)):
      return value == expected
    case (.call(let name, let parameters), .call(let called, let arguments)):
      return name == called && parameters.count == arguments.count
        && zip(parameters, arguments).allSatisfy { fit($1, $0, &filling) }
    case (.negative(let pattern), .negative(let operand)):
      return fit(operand, pattern, &filling)
    case (.infix(let expected, let first, let second), .infix(let sign, let left, let right)):
      return sign == expected && fit(left, first, &filling) && fit(right, second, &filling)
    default:
      return false
    }
  }
}
