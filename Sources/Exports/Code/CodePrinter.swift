/// Writes terms as statements of a language.
///
/// A value that is used more than once, or that would make a line too long, gets a name.
struct CodePrinter {
  private let pool: TermPool
  private let parameters: [String]
  private let scalarParameters: Set<String>
  private let dialect: Dialect
  private let uses: [Int: Int]
  private var names: [Int: String] = [:]
  private var taken: Set<String>
  private var statements: [String] = []
  /// Text of values that no name is needed for.
  private static let longestPart = 46

  /// How tightly an operator binds, loosest first.
  private enum Binding: Int {
    case choice, comparison, sum, product, sign, atom
  }

  private struct Piece {
    var text: String
    var binding = Binding.atom

    func inside(_ binding: Binding) -> String {
      self.binding.rawValue < binding.rawValue ? "(\(text))" : text
    }
  }

  /// Writes one function.
  ///
  /// - Parameters:
  ///   - result: What it returns.
  ///   - parameters: The names of its parameters.
  ///   - scalarParameters: Those that are numbers also where arguments are arrays.
  ///   - dialect: The language.
  ///   - taken: Names that must not be used.
  /// - Returns: The statements before the last, and the text of the result.
  static func body(
    _ result: Term, parameters: [String], scalarParameters: Set<String> = [], dialect: Dialect,
    taken: Set<String> = []
  ) -> (statements: [String], result: String) {
    var printer = CodePrinter(result, parameters, scalarParameters, dialect, taken)
    // Named values in the order in which they were thought of.
    for index in result.pool.reachable(from: [result]) where printer.needsName(index) {
      if index != result.index { _ = printer.reference(index) }
    }
    let piece = printer.expression(result.index)
    // A constant, too, has the shape of the argument.
    let fill = result.constant == nil ? nil : dialect.fill
    let text = fill?(piece.text, parameters[0]) ?? piece.text
    return (printer.statements, text)
  }

  private init(
    _ result: Term, _ parameters: [String], _ scalarParameters: Set<String>, _ dialect: Dialect,
    _ taken: Set<String>
  ) {
    pool = result.pool
    self.parameters = parameters
    self.scalarParameters = scalarParameters
    self.dialect = dialect
    self.taken = taken.union(parameters)
    var uses: [Int: Int] = [result.index: 1]
    for index in result.pool.reachable(from: [result]).reversed() {
      // A condition stands in place wherever it is used.
      let times = Self.isCondition(result.pool.nodes[index]) ? uses[index] ?? 0 : 1
      for operand in result.pool.operands(of: index) { uses[operand, default: 0] += times }
    }
    self.uses = uses
  }

  private static func isCondition(_ node: Term.Node) -> Bool {
    if case .function(.less, _) = node { return true }
    if case .function(.lessOrEqual, _) = node { return true }
    if case .function(.equal, _) = node { return true }
    return false
  }

  private func isLeaf(_ index: Int) -> Bool { pool.operands(of: index).isEmpty }

  private func isNumber(_ index: Int) -> Bool {
    switch pool.nodes[index] {
    case .constant, .largest: true
    default: false
    }
  }

  /// Whether it is a number also where arguments are arrays.
  private func isScalar(_ index: Int) -> Bool {
    switch pool.nodes[index] {
    case .constant, .largest: true
    case .parameter(let parameter): scalarParameters.contains(parameters[parameter])
    default: false
    }
  }

  private func needsName(_ index: Int) -> Bool {
    if case .function(.negate, let operands) = pool.nodes[index], isLeaf(operands[0]) {
      return false
    }
    return (uses[index] ?? 0) > 1 && !isLeaf(index) && !Self.isCondition(pool.nodes[index])
  }

  /// A value's name, or its text in place.
  private mutating func reference(_ index: Int) -> Piece {
    if let name = names[index] { return Piece(text: name) }
    let piece = expression(index)
    guard !isLeaf(index), !Self.isCondition(pool.nodes[index]),
      needsName(index) || piece.text.count > Self.longestPart
    else { return piece }
    let name = freeName(pool.names[index])
    names[index] = name
    statements.append(dialect.binding(name, piece.text))
    return Piece(text: name)
  }

  private mutating func freeName(_ wish: String?) -> String {
    let letters = "abcdfghkpqruvw".map(String.init)
    let candidates = wish.map { wish in [wish] + (2...999).map { "\(wish)\($0)" } } ?? letters
    let name =
      candidates.first { !taken.contains($0) }
      ?? (1...).lazy.map { "value\($0)" }.first { !taken.contains($0) }
    guard let name else { preconditionFailure("CodePrinter: no name is free") }
    taken.insert(name)
    return name
  }

  private mutating func expression(_ index: Int) -> Piece {
    switch pool.nodes[index] {
    case .parameter(let parameter):
      return Piece(text: parameters[parameter])
    case .constant(let bits):
      let value = Double(bitPattern: bits)
      return Piece(text: dialect.literal(value), binding: value.sign == .minus ? .sign : .atom)
    case .largest:
      return Piece(text: dialect.largest(parameters[0]))
    case .call(let helper, let operands):
      let texts = zip(helper.parameters, operands).map { parameter, operand in
        let piece = reference(operand)
        guard let fill = dialect.fill, !helper.scalarParameters.contains(parameter),
          Term(pool: pool, index: operand).constant != nil
        else { return piece.text }
        return fill(piece.text, parameters[0])
      }
      return Piece(text: "\(dialect.helperName(helper))(\(texts.joined(separator: ", ")))")
    case .function(.select, let operands):
      return choice(operands)
    case .function(.less, let operands) where isNumber(operands[0]):
      // `x > 0`, not `0 < x`.
      let pieces = operands.map { reference($0) }
      return Piece(text: "\(pieces[1].text) > \(pieces[0].text)", binding: .comparison)
    case .function(.lessOrEqual, let operands) where isNumber(operands[0]):
      let pieces = operands.map { reference($0) }
      return Piece(text: "\(pieces[1].text) >= \(pieces[0].text)", binding: .comparison)
    case .function(let function, let operands):
      let pieces = operands.map { reference($0) }
      return Self.operation(function, pieces)
        ?? Piece(
          text: "\(dialect.functions[function] ?? function.rawValue)"
            + "(\(pieces.map(\.text).joined(separator: ", ")))")
    }
  }

  private mutating func choice(_ operands: [Int]) -> Piece {
    let condition = reference(operands[0])
    let (then, otherwise) = (reference(operands[1]), reference(operands[2]))
    guard let select = dialect.select else {
      let text =
        "\(condition.text) ? \(then.inside(.comparison)) : \(otherwise.inside(.comparison))"
      return Piece(text: text, binding: .choice)
    }
    let areNumbers = operands.dropFirst().allSatisfy { isScalar($0) }
    let last = areNumbers ? dialect.fill?(otherwise.text, parameters[0]) : nil
    return Piece(text: select(condition.text, then.text, last ?? otherwise.text))
  }

  /// An operator between its operands; nil for a function.
  private static func operation(_ function: ElementaryFunction, _ pieces: [Piece]) -> Piece? {
    func between(_ sign: String, _ binding: Binding) -> Piece {
      let right = Binding(rawValue: binding.rawValue + 1) ?? .atom
      // A sign does not follow another.
      let needsParentheses = pieces[1].text.hasPrefix("-") && binding != .comparison
      let second = needsParentheses ? "(\(pieces[1].text))" : pieces[1].inside(right)
      return Piece(text: "\(pieces[0].inside(binding)) \(sign) \(second)", binding: binding)
    }
    switch function {
    case .add:
      if pieces[1].binding == .sign, Double(pieces[1].text) != nil {
        let text = "\(pieces[0].inside(.sum)) - \(pieces[1].text.dropFirst())"
        return Piece(text: text, binding: .sum)
      }
      return between("+", .sum)
    case .subtract: return between("-", .sum)
    case .multiply: return between("*", .product)
    case .divide: return between("/", .product)
    case .less: return between("<", .comparison)
    case .lessOrEqual: return between("<=", .comparison)
    case .equal: return between("==", .comparison)
    case .negate: return Piece(text: "-" + pieces[0].inside(.atom), binding: .sign)
    default: return nil
    }
  }
}
