/// Which functions of its own a piece of code needs.
enum HelperOrder {
  /// The functions that terms call, and those that these call, callees first.
  static func helpers(calledBy terms: [Term]) -> [Helper] {
    var found: [Helper] = []
    for term in terms { collect(term, into: &found) }
    return found
  }

  private static func collect(_ term: Term, into found: inout [Helper]) {
    for index in term.pool.reachable(from: [term]) {
      guard case .call(let helper, _) = term.pool.nodes[index], !found.contains(helper) else {
        continue
      }
      collect(helper.body(in: TermPool()), into: &found)
      if !found.contains(helper) { found.append(helper) }
    }
  }

  /// The elementary functions that terms and the functions they call are made of.
  static func elementary(in terms: [Term], _ helpers: [Helper]) -> Set<ElementaryFunction> {
    var found: Set<ElementaryFunction> = []
    for term in terms + helpers.map({ $0.body(in: TermPool()) }) {
      for index in term.pool.reachable(from: [term]) {
        if case .function(let function, _) = term.pool.nodes[index] { found.insert(function) }
      }
    }
    return found
  }
}
