import Suggestions

/// Why slots do not make a cell.
public enum CellGraphError: Error, Sendable, Hashable {
  /// There is no slot, so no output.
  case noSlots
  /// The name is `x`, which means the input, or is no identifier.
  case invalidName(slot: String)
  /// An earlier slot has the same name.
  case duplicateName(slot: String)
  /// The number of operands is not the arity.
  case wrongOperandCount(slot: String, arity: Arity, operandCount: Int)
  /// No slot has the operand's name.
  case missingOperand(slot: String, operand: String)
  /// The operand is the slot itself or a later one: a cycle, or slots out of order.
  case forwardReference(slot: String, operand: String)
  /// Nothing takes the slot's output, and it is not the last.
  case unusedSlot(slot: String)
  /// A piece of the text is not of the form `slot(operand)`.
  case malformedSlot(text: String)
  /// No operation takes so many operands.
  case unsupportedOperandCount(slot: String, operandCount: Int)
  /// No graph has the name.
  case unknownGraph(name: String, known: [String])
}

extension CellGraphError: CustomStringConvertible {
  /// One line that names the slot and the cure.
  public var description: String {
    switch self {
    case .noSlots:
      "a cell needs at least one slot"
    case .invalidName(let slot):
      "slot '\(slot)': a name is letters, digits and underscores, and 'x' means the input"
    case .duplicateName(let slot):
      "slot '\(slot)': the name stands twice"
    case .wrongOperandCount(let slot, let arity, let operandCount):
      "slot '\(slot)': \(operandCount) operands, where a \(arity) slot takes \(arity.rawValue)"
    case .missingOperand(let slot, let operand):
      "slot '\(slot)': there is no slot '\(operand)' to take as operand"
    case .forwardReference(let slot, let operand):
      "slot '\(slot)': operand '\(operand)' must stand earlier (a cycle, or out of order)"
    case .unusedSlot(let slot):
      "slot '\(slot)': nothing takes its output; only the last slot is the cell's output"
    case .malformedSlot(let text):
      "cell: '\(text)' is not of the form slot(operand) or slot(operand, operand)"
    case .unsupportedOperandCount(let slot, let operandCount):
      "slot '\(slot)': \(operandCount) operands, where a slot takes one or two"
    case .unknownGraph(let name, let known):
      unknownName(name, kind: "cell", known: known)
    }
  }
}
