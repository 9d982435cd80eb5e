/// A discrete activation function of one variable, as a tree.
///
/// (Not called `Expression`, because Foundation has a type of that name and every file that imports
/// both would have to choose.)
public indirect enum ActivationExpression: Sendable, Hashable {
  /// The pre-activation, `x`.
  case input
  /// A unary operation, its scalar (nil for an operation without one, or where it is open) and its
  /// argument.
  case unary(UnaryOperation, scalar: Double?, ActivationExpression)
  /// A binary operation, its scalar (nil for an operation without one, or where it is open) and its
  /// arguments.
  case binary(BinaryOperation, scalar: Double?, ActivationExpression, ActivationExpression)

  /// Creates the function that a genotype makes of a cell, every slot kept as it is.
  ///
  /// A slot that several slots take as operand is repeated in the tree.
  ///
  /// - Parameters:
  ///   - genotype: One operation per slot.
  ///   - graph: The cell.
  /// - Throws: `GenotypeError` if the genotype does not fill the cell.
  public init(_ genotype: Genotype, graph: CellGraph = .twoCoreUnits) throws(GenotypeError) {
    try genotype.validate(for: graph)
    var branches: [ActivationExpression] = []
    for (slot, operands) in zip(graph.slots, graph.operands) {
      guard let gene = genotype[slot.name] else { throw .missingSlot(slot: slot.name) }
      let arguments = operands.map { operand in
        switch operand {
        case .input: ActivationExpression.input
        case .slot(let index): branches[index]
        }
      }
      switch gene.operation {
      case .unary(let operation):
        branches.append(.unary(operation, scalar: gene.scalar, arguments[0]))
      case .binary(let operation):
        branches.append(.binary(operation, scalar: gene.scalar, arguments[0], arguments[1]))
      }
    }
    self = branches[branches.count - 1]
  }

  /// The number of operations in the tree.
  public var operationCount: Int {
    switch self {
    case .input: 0
    case .unary(_, _, let argument): 1 + argument.operationCount
    case .binary(_, _, let first, let second): 1 + first.operationCount + second.operationCount
    }
  }
}
