import Activations

extension SearchSpace {
  /// Reads a space from two lines of text.
  ///
  /// The operations are names of operations and sets, such as `grafs` or `relu gelu add`. A word
  /// such as `u0=relu,gelu` gives a slot its own list, also of sets; the other words are for the
  /// slots without one: `pangaea u0=relu,gelu b1=grafs`.
  ///
  /// - Parameters:
  ///   - graph: A graph as `CellGraph(parsing:)` reads it, such as `two-core-units`.
  ///   - operations: The operations, separated by white space; those of one slot by commas.
  /// - Throws: `SearchSpaceError`, which names the slot or the word at fault.
  public init(graph: String, operations: String) throws(SearchSpaceError) {
    let cell: CellGraph
    do { cell = try CellGraph(parsing: graph) } catch { throw .graph(error) }

    var shared: [Substring] = []
    var own: [String: String] = [:]
    for word in operations.split(whereSeparator: \.isWhitespace) {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        shared.append(word)
        continue
      }
      let slot = String(parts[0])
      guard cell.slots.contains(where: { $0.name == slot }) else {
        throw .unknownSlot(slot: slot, known: cell.slots.map(\.name))
      }
      guard own.updateValue(String(parts[1]), forKey: slot) == nil else {
        throw .repeatedSlot(slot: slot)
      }
    }

    let common = try Self.words(
      shared, for: Set(cell.slots.filter { own[$0.name] == nil }.map(\.arity)), slot: nil)
    var choices: [[ElementaryOperation]] = []
    for slot in cell.slots {
      var offered = common
      if let text = own[slot.name] {
        offered = try Self.words(text.split(separator: ","), for: [slot.arity], slot: slot)
      }
      choices.append(offered?.operations(of: slot.arity) ?? [])
    }
    try self.init(graph: cell, operations: choices)
  }

  /// The operations that words stand for, each of which must offer some to a slot; nil for no word.
  private static func words(
    _ words: [Substring], for arities: Set<Arity>, slot: CellGraph.Slot?
  ) throws(SearchSpaceError) -> OperationSet? {
    guard !words.isEmpty else { return nil }
    for word in words.map(String.init) {
      let set = try parsed(word, slot: slot)
      if set.all.contains(where: { arities.contains($0.arity) }) { continue }
      guard let slot else { throw .unusedOperation(name: word) }
      throw .wrongArity(slot: slot.name, expected: slot.arity, operation: word)
    }
    return try parsed(words.joined(separator: " "), slot: slot)
  }

  private static func parsed(
    _ text: String, slot: CellGraph.Slot?
  ) throws(SearchSpaceError) -> OperationSet {
    do {
      return try OperationSet(parsing: text)
    } catch {
      throw .operations(slot: slot?.name, error)
    }
  }
}
