/// Why a genotype cannot be read or does not fit a cell.
public enum GenotypeError: Error, Sendable, Hashable {
  /// The text is not `slot=operation` or `slot=operation(scalar, …)`.
  case malformedGene(text: String)
  /// The operation's name is not known.
  case unknownOperation(slot: String, UnknownOperation)
  /// The scalar is not a finite number.
  case invalidScalar(slot: String, text: String)
  /// The operation has no scalar, but one is given.
  case unexpectedScalar(slot: String, operation: String)
  /// The operation has another number of scalars.
  case wrongScalarCount(slot: String, operation: String, expected: Int)
  /// The slot stands twice.
  case duplicateSlot(slot: String)
  /// The cell has a slot that the genotype does not fill.
  case missingSlot(slot: String)
  /// The genotype has a slot that the cell lacks.
  case unknownSlot(slot: String, known: [String])
  /// The operation takes another number of arguments than the slot.
  case wrongArity(slot: String, expected: Arity, operation: String)
}

extension GenotypeError: CustomStringConvertible {
  /// One line that names the slot and the cure.
  public var description: String {
    switch self {
    case .malformedGene(let text):
      "genotype: '\(text)' is not of the form slot=operation or slot=operation(scalar)"
    case .unknownOperation(let slot, let error):
      "genotype: slot '\(slot)': \(error)"
    case .invalidScalar(let slot, let text):
      "genotype: slot '\(slot)': the scalar '\(text)' is not a finite number"
    case .unexpectedScalar(let slot, let operation):
      "genotype: slot '\(slot)': operation '\(operation)' has no scalar"
    case .wrongScalarCount(let slot, let operation, let expected):
      "genotype: slot '\(slot)': operation '\(operation)' has \(expected) "
        + (expected == 1 ? "scalar" : "scalars")
    case .duplicateSlot(let slot):
      "genotype: slot '\(slot)' stands twice"
    case .missingSlot(let slot):
      "genotype: slot '\(slot)' of the cell is not filled"
    case .unknownSlot(let slot, let known):
      "genotype: the cell has no slot '\(slot)', only \(known.joined(separator: ", "))"
    case .wrongArity(let slot, let expected, let operation):
      "genotype: slot '\(slot)' is \(expected), but operation '\(operation)' is not"
    }
  }
}
