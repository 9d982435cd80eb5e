import Activations
import Suggestions

/// Why a cell and operations do not make a search space.
public enum SearchSpaceError: Error, Sendable, Hashable {
  /// The cell's text is at fault.
  case graph(CellGraphError)
  /// The operations of a slot are at fault, or those of all slots if there is no name.
  case operations(slot: String?, OperationSetError)
  /// Operations are given for a slot that the cell lacks.
  case unknownSlot(slot: String, known: [String])
  /// A slot's operations are given twice.
  case repeatedSlot(slot: String)
  /// No operation fits the slot.
  case noOperation(slot: String, arity: Arity)
  /// The operation or set offers nothing to any slot that has no list of its own.
  case unusedOperation(name: String)
  /// The operation takes another number of arguments than the slot.
  case wrongArity(slot: String, expected: Arity, operation: String)
}

extension SearchSpaceError: CustomStringConvertible {
  /// One line that names the slot and the cure.
  public var description: String {
    switch self {
    case .graph(let error):
      error.description
    case .operations(nil, let error):
      error.description
    case .operations(let slot?, let error):
      "slot '\(slot)': \(error)"
    case .unknownSlot(let slot, let known):
      unknownName(slot, kind: "slot", known: known)
    case .repeatedSlot(let slot):
      "slot '\(slot)': its operations stand twice; list them once, with commas"
    case .noOperation(let slot, let arity):
      "slot '\(slot)': no \(arity) operation to choose from; name at least one"
    case .unusedOperation(let name):
      "operation '\(name)' fits no slot that takes the common operations; leave it out"
    case .wrongArity(let slot, let expected, let operation):
      "slot '\(slot)': operation '\(operation)' is not \(expected); leave it out"
    }
  }
}
