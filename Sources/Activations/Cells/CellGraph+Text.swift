extension CellGraph: CustomStringConvertible {
  /// The slots in order, such as `u0(x) u1(x) b0(u0, u1)`.
  public var description: String {
    slots.map { "\($0.name)(\($0.operands.joined(separator: ", ")))" }.joined(separator: " ")
  }

  /// Reads a graph from a line such as `u0(x) u1(x) b0(u0, u1)`, or from a name such as `chain`.
  ///
  /// Each slot stands with its operands, one or two, in parentheses; their number is its arity. A
  /// slot's operands stand before it, and the last slot is the output. Commas or white space may
  /// separate operands and slots.
  ///
  /// - Parameter text: The slots in topological order, or a name.
  /// - Throws: `CellGraphError`, which names the slot at fault.
  public init(parsing text: String) throws(CellGraphError) {
    let words = text.split(whereSeparator: \.isWhitespace)
    if words.count == 1, !text.contains("("), !text.contains(")") {
      try self.init(named: String(words[0]))
      return
    }
    var slots: [Slot] = []
    var rest = text[...]
    while let start = rest.firstIndex(where: { !$0.isWhitespace && $0 != "," }) {
      rest = rest[start...]
      guard let match = rest.prefixMatch(of: /([^\s(),]+)\s*\(([^()]*)\)/) else {
        let end = rest.firstIndex(where: \.isWhitespace) ?? rest.endIndex
        throw .malformedSlot(text: String(rest[..<end]))
      }
      let operands = match.2.split { $0.isWhitespace || $0 == "," }.map(String.init)
      guard let arity = Arity(rawValue: operands.count) else {
        throw .unsupportedOperandCount(slot: String(match.1), operandCount: operands.count)
      }
      slots.append(Slot(String(match.1), arity, of: operands))
      rest = rest[match.range.upperBound...]
    }
    try self.init(slots: slots)
  }
}

extension CellGraph {
  /// Three unary slots in a row, `U2(U1(U0(x)))`: the simplest graph deeper than a choice among
  /// operations, and without a binary slot.
  public static let chain = known([
    Slot("u0", .unary, of: "x"), Slot("u1", .unary, of: "u0"), Slot("u2", .unary, of: "u1"),
  ])

  /// The graphs that have a name, in the order in which they are listed.
  public static let named: KeyValuePairs<String, CellGraph> = [
    "one-core-unit": oneCoreUnit, "two-core-units": twoCoreUnits, "chain": chain,
  ]

  /// Looks a graph up.
  ///
  /// - Parameter name: `one-core-unit`, `two-core-units` or `chain`.
  /// - Throws: `CellGraphError.unknownGraph`, with the nearest name.
  public init(named name: String) throws(CellGraphError) {
    guard let graph = Self.named.first(where: { $0.key == name })?.value else {
      throw .unknownGraph(name: name, known: Self.named.map(\.key))
    }
    self = graph
  }
}
