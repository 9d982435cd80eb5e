/// How the operations of a set are written, by which formulas are read and written.
///
/// The patterns come from the primitives' own `notation`, applied to the holes `_0`, `_1`
/// (arguments) and `_s0`, `_s1` … (scalars); every operation can also be called by its name,
/// `name(_0, _1, _s0)`. Of the patterns that a formula fits, the one that says most wins, and among
/// equals the first in the set's order.
struct FormulaGrammar: Sendable {
  /// One way to write an operation.
  struct Rule: Sendable {
    let operation: ElementaryOperation
    let pattern: FormulaSyntax
    /// How much the pattern says besides holes.
    let weight: Int
  }

  /// What stands in the holes of a pattern.
  struct Filling {
    var arguments: [Int: FormulaSyntax] = [:]
    var scalars: [Int: ActivationExpression.Scalar] = [:]
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

  private static func rules(for operation: ElementaryOperation) -> [Rule] {
    let spelling = spelling(of: operation)
    let patterns = [spelling.template].compactMap { $0 } + spelling.calls
    return patterns.map { Rule(operation: operation, pattern: $0, weight: weight(of: $0)) }
  }

  /// How an operation is written and called.
  struct Spelling: Sendable {
    /// As the primitive has it; nil where that is nothing but an argument.
    let template: FormulaSyntax?
    /// `name(_0, _1, _s0)`, and without the scalars; `name(_s0)` for a constant.
    let calls: [FormulaSyntax]
    /// Whether the argument is not in the template, as of a constant.
    let dropsArgument: Bool

    init(_ operation: ElementaryOperation) {
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

  private static func type(of operation: ElementaryOperation) -> ObjectIdentifier {
    ObjectIdentifier(operation.primitive)
  }

  static func spelling(of operation: ElementaryOperation) -> Spelling {
    spellings[type(of: operation)] ?? Spelling(operation)
  }

  private static func template(of operation: ElementaryOperation) -> FormulaSyntax? {
    func hole(_ name: String) -> Notation { .symbol(name, latex: name) }
    let notation = operation.notation(
      of: (0..<operation.arity.rawValue).map { hole("_\($0)") },
      scalars: operation.scalars.indices.map { hole("_s\($0)") })
    guard let syntax = try? FormulaParser.syntax(of: notation.text) else { return nil }
    if case .name(let name) = syntax.form, scalarHole(name) == nil { return nil }
    return syntax
  }

  /// Which scalar stands in a hole; nil where none does.
  static func scalarHole(_ name: String) -> Int? {
    name.hasPrefix("_s") ? Int(name.dropFirst(2)) : nil
  }

  /// Which argument stands in a hole; nil where none does.
  static func argumentHole(_ name: String) -> Int? {
    name.hasPrefix("_") ? Int(name.dropFirst()) : nil
  }

  private static func holes(of pattern: FormulaSyntax) -> Set<String> {
    switch pattern.form {
    case .number, .open: []
    case .name(let name): [name]
    case .call(_, let arguments): arguments.reduce(into: []) { $0.formUnion(holes(of: $1)) }
    case .negative(let operand): holes(of: operand)
    case .infix(_, let left, let right): holes(of: left).union(holes(of: right))
    }
  }

  private static func calls(
    to operation: ElementaryOperation, dropsArgument: Bool
  ) -> [FormulaSyntax] {
    var holes = (0..<operation.arity.rawValue).map { FormulaSyntax.name("_\($0)") }
    guard operation.isLearnable else { return [.call(operation.name, holes)] }
    let scalars = operation.scalars.indices.map { FormulaSyntax.name("_s\($0)") }
    if dropsArgument { return [.call(operation.name, scalars)] }
    let short = FormulaSyntax.call(operation.name, holes)
    holes += scalars
    return [.call(operation.name, holes), short]
  }

  private static func weight(of pattern: FormulaSyntax) -> Int {
    switch pattern.form {
    case .number, .open: 2
    case .name(let name): scalarHole(name) == nil ? 0 : 1
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
    if case .name(let hole) = pattern.form {
      if let index = scalarHole(hole) {
        let scalar: ActivationExpression.Scalar
        switch formula.form {
        case .number(let value): scalar = .fixed(value)
        case .open(_, let start): scalar = .open(start: start)
        default: return false
        }
        if let before = filling.scalars[index] { return scalar == before }
        filling.scalars[index] = scalar
        return true
      }
      guard let index = argumentHole(hole) else { return false }
      if let argument = filling.arguments[index] { return argument == formula }
      filling.arguments[index] = formula
      return true
    }
    switch (pattern.form, formula.form) {
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
