/// A formula in elementary functions, as a node of a graph that knows equal nodes, or a number that
/// is not in a graph yet.
///
/// Primitives' formulas build it (`Term+Elementary`); `CodePrinter` writes it as statements of a
/// language, `ONNXGraph` as nodes of a model. Nodes that are combined come from one `TermPool`.
struct Term {
  /// What a node is made of; operands are the pool's indices.
  enum Node: Hashable {
    /// An argument of the function being written.
    case parameter(Int)
    /// A number, by its bits, so that −0 is not 0.
    case constant(UInt64)
    /// The largest finite number of the type computed in.
    case largest
    /// An elementary function or operator.
    case function(ElementaryFunction, [Int])
    /// A function that the code defines itself, and its arguments.
    case call(Helper, [Int])
  }

  private enum Storage {
    case node(TermPool, Int)
    case number(Double)
  }

  private let storage: Storage

  init(pool: TermPool, index: Int) { storage = .node(pool, index) }

  /// A number that is not in a graph.
  init(_ number: Double) { storage = .number(number) }

  /// The graph; nil of a number that is in none.
  var home: TermPool? {
    if case .node(let pool, _) = storage { pool } else { nil }
  }

  /// The graph.
  ///
  /// - Precondition: The term is in one.
  var pool: TermPool {
    guard let home else { preconditionFailure("Term: a number is in no graph") }
    return home
  }

  /// The place in the graph.
  ///
  /// - Precondition: The term is in one.
  var index: Int {
    guard case .node(_, let index) = storage else {
      preconditionFailure("Term: a number is in no graph")
    }
    return index
  }

  /// The same term in a graph.
  func placed(in pool: TermPool) -> Term {
    if case .number(let number) = storage { pool.constant(number) } else { self }
  }

  var node: Node {
    switch storage {
    case .node(let pool, let index): pool.nodes[index]
    case .number(let number): .constant(number.bitPattern)
    }
  }

  /// The number, if it is one.
  var constant: Double? {
    if case .constant(let bits) = node { Double(bitPattern: bits) } else { nil }
  }

  /// Whether it is but a few operators and functions that languages have, without a choice.
  var isBrief: Bool {
    var count = 0
    for index in pool.reachable(from: [self]) {
      switch pool.nodes[index] {
      case .parameter, .constant, .largest: break
      case .function(.select, _), .function(.less, _), .function(.lessOrEqual, _),
        .function(.equal, _):
        return false
      case .function, .call: count += 1
      }
    }
    return count <= 4
  }

  /// Calls a function that the code defines.
  static func call(_ helper: Helper, _ arguments: [Term]) -> Term {
    guard let pool = arguments.lazy.compactMap(\.home).first else {
      preconditionFailure("Term: \(helper.name) of numbers alone")
    }
    return pool.term(.call(helper, arguments.map { $0.placed(in: pool).index }))
  }
}

/// The nodes of one function's terms, each once.
final class TermPool {
  private(set) var nodes: [Term.Node] = []
  private var indices: [Term.Node: Int] = [:]
  /// How nodes are to be called in the code, if somebody said so.
  var names: [Int: String] = [:]

  func term(_ node: Term.Node) -> Term {
    if let index = indices[node] { return Term(pool: self, index: index) }
    nodes.append(node)
    indices[node] = nodes.count - 1
    return Term(pool: self, index: nodes.count - 1)
  }

  func constant(_ value: Double) -> Term { term(.constant(value.bitPattern)) }

  func parameter(_ index: Int) -> Term { term(.parameter(index)) }

  /// The indices of a node's operands.
  func operands(of index: Int) -> [Int] {
    switch nodes[index] {
    case .parameter, .constant, .largest: []
    case .function(_, let operands), .call(_, let operands): operands
    }
  }

  /// Which nodes some terms are made of, those terms included; operands come first.
  func reachable(from roots: [Term]) -> [Int] {
    var isReached = [Bool](repeating: false, count: nodes.count)
    for root in roots { isReached[root.index] = true }
    // Operands are older than the nodes made of them.
    for index in nodes.indices.reversed() where isReached[index] {
      for operand in operands(of: index) { isReached[operand] = true }
    }
    return nodes.indices.filter { isReached[$0] }
  }
}
