/// A discrete activation function of one variable, as a tree.
///
/// (Not called `Expression`, because Foundation has a type of that name and every file that imports
/// both would have to choose.)
public indirect enum ActivationExpression: Sendable, Hashable {
  /// The pre-activation, `x`.
  case input
  /// An operation of other functions.
  case node(Node)

  /// An operation, its scalars and its arguments.
  public struct Node: Sendable, Hashable {
    /// The operation.
    public let operation: ElementaryOperation
    /// Its scalars, in their order.
    public let scalars: [Scalar]
    /// What it is applied to, in order.
    public let arguments: [ActivationExpression]

    /// Puts an operation on top of its arguments.
    ///
    /// - Precondition: There are as many scalars and arguments as the operation has.
    public init(
      _ operation: ElementaryOperation, scalars: [Scalar], _ arguments: [ActivationExpression]
    ) {
      precondition(
        scalars.count == operation.scalars.count && arguments.count == operation.arity.rawValue,
        "ActivationExpression: \(scalars.count) scalars, \(arguments.count) arguments of "
          + "\(operation)")
      self.operation = operation
      self.scalars = scalars
      self.arguments = arguments
    }

    /// The scalars as numbers; an open one by its start, or the mean of that.
    public var numbers: [Double] {
      zip(scalars, operation.scalars).map { scalar, declared in
        switch scalar {
        case .fixed(let number): number
        case .open(let start): start ?? declared.start.mean
        }
      }
    }
  }

  /// A scalar of an operation in a tree.
  public enum Scalar: Sendable, Hashable {
    /// A number.
    case fixed(Double)
    /// To be learned: from a number on, or from what is drawn of the scalar's distribution.
    case open(start: Double?)
  }

  /// Puts an operation with given scalars on top of its arguments.
  ///
  /// - Precondition: There are as many scalars and arguments as the operation has.
  public init(
    _ operation: ElementaryOperation, scalars: [Double] = [], _ arguments: ActivationExpression...
  ) {
    self = .node(Node(operation, scalars: scalars.map(Scalar.fixed), arguments))
  }

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
      branches.append(
        .node(Node(gene.operation, scalars: gene.scalars.map(Scalar.fixed), arguments)))
    }
    self = branches[branches.count - 1]
  }

  /// The number of operations in the tree.
  public var operationCount: Int {
    guard case .node(let node) = self else { return 0 }
    return node.arguments.reduce(1) { $0 + $1.operationCount }
  }
}
