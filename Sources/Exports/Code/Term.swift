/// A formula in elementary functions, as a node of a graph that knows equal nodes.
///
/// Operators and the functions of `Term+Functions` build it; `CodePrinter` writes it as statements
/// of a language, `ONNXGraph` as nodes of a model. Terms that are combined come from one
/// `TermPool`.
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
    case function(Elementary, [Int])
    /// A function that the code defines itself, and its arguments.
    case call(Helper, [Int])
  }

  let pool: TermPool
  let index: Int

  var node: Node { pool.nodes[index] }

  /// The number, if it is one.
  var constant: Double? {
    if case .constant(let bits) = node { Double(bitPattern: bits) } else { nil }
  }

  /// The same term, called `name` where the code gives it a name.
  func named(_ name: String) -> Term {
    if pool.names[index] == nil { pool.names[index] = name }
    return self
  }

  /// Returns a number beside this term.
  func number(_ value: Double) -> Term { pool.constant(value) }
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

/// What every target can compute, in its own words or in ours.
enum Elementary: String, CaseIterable {
  case negate, absolute, squareRoot, round
  case exp, expm1, log, log1p, sin, cos, sinh, cosh, tanh, asinh, atan, erf, erfc
  case besselI0e, besselI1e
  case add, subtract, multiply, divide, power
  case less, lessOrEqual, equal
  /// `select(condition, then, otherwise)`.
  case select
}
