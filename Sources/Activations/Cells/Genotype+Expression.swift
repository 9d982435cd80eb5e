extension Genotype {
  /// Creates a genotype whose function is the given one: the way back from
  /// `ActivationExpression.init(_:graph:)`.
  ///
  /// The expression is placed as it stands; if that does not fit, simplified. Slots that it does
  /// not need pass an argument on, by identity, `left` or `right`. Arguments that commute may
  /// change places, and an operation may be written as the two that it is the same as: x + β as a
  /// sum with a constant, β·x as a product, the sigmoid gate as the product with a sigmoid, and
  /// back.
  ///
  /// - Parameters:
  ///   - expression: The function.
  ///   - graph: The cell.
  /// - Throws: `GenotypeError.doesNotFit` if no choice of operations makes the cell this function.
  public init(
    of expression: ActivationExpression, in graph: CellGraph = .twoCoreUnits
  ) throws(GenotypeError) {
    let output = graph.slots.count - 1
    for function in [expression, expression.simplified] {
      var placement = Placement(graph: graph)
      if placement.place([(function, .slot(output))]) {
        try self.init(genes: try placement.genes)
        return
      }
    }
    throw .doesNotFit(expression: expression.description, slots: graph.slots.map(\.name))
  }
}

/// Operations for the slots of a cell, found by trying.
private struct Placement {
  typealias Goal = (function: ActivationExpression, operand: CellGraph.Operand)

  let graph: CellGraph

  /// The operations that the input passes at most until each slot's output.
  private let heights: [Int]

  /// What each slot shall be, and by which operation; nil where that does not matter.
  private var choices:
    [(function: ActivationExpression, operation: SlotOperation, scalar: Double?)?]

  init(graph: CellGraph) {
    self.graph = graph
    var heights: [Int] = []
    for operands in graph.operands {
      let below = operands.map { operand in
        if case .slot(let index) = operand { heights[index] } else { 0 }
      }
      heights.append(1 + (below.max() ?? 0))
    }
    self.heights = heights
    choices = Array(repeating: nil, count: graph.slots.count)
  }

  /// The genes in the cell's order; slots that do not matter pass on what they get.
  var genes: [Genotype.Gene] {
    get throws(GenotypeError) {
      var genes: [Genotype.Gene] = []
      for (slot, choice) in zip(graph.slots, choices) {
        let idle: SlotOperation =
          switch slot.arity {
          case .unary: .unary(UnaryOperation(Identity.self))
          case .binary: .binary(BinaryOperation(LeftArgument.self))
          }
        genes.append(
          try Genotype.Gene(
            slot: slot.name, operation: choice?.operation ?? idle, scalar: choice?.scalar))
      }
      return genes
    }
  }

  /// Chooses operations such that every operand is its function; changes nothing if there are none.
  mutating func place(_ goals: [Goal]) -> Bool {
    guard let goal = goals.last else { return true }
    let rest = Array(goals.dropLast())
    guard case .slot(let index) = goal.operand else {
      return goal.function == .input && place(rest)
    }
    if let choice = choices[index] { return choice.function == goal.function && place(rest) }
    guard goal.function.level <= heights[index] else { return false }
    let operands = graph.operands[index]
    return place(goal.function, for: goal, above: rest)
      || pass(goal, on: operands, above: rest)
      || goal.function.synonyms.contains { place($0, for: goal, above: rest) }
  }

  /// Puts the outermost operation of a form of the goal's function into the goal's slot.
  private mutating func place(
    _ form: ActivationExpression, for goal: Goal, above rest: [Goal]
  ) -> Bool {
    guard case .slot(let index) = goal.operand else { return false }
    let operation: SlotOperation
    let scalar: Double?
    let arguments: [ActivationExpression]
    switch form {
    case .input: return false
    case .unary(let unary, let given, let argument):
      (operation, scalar) = (.unary(unary), given)
      // Whatever a constant is applied to will do.
      arguments = unary.name == Constant.name ? [] : [argument]
    case .binary(let binary, let given, let first, let second):
      (operation, scalar, arguments) = (.binary(binary), given, [first, second])
    }
    return operation.arity == graph.slots[index].arity
      && attempt(goal, operation, scalar, rest + Array(zip(arguments, graph.operands[index])))
  }

  /// Has the goal's slot pass the function on from an operand.
  private mutating func pass(
    _ goal: Goal, on operands: [CellGraph.Operand], above rest: [Goal]
  ) -> Bool {
    let ways: [SlotOperation] =
      operands.count == 1
      ? [.unary(UnaryOperation(Identity.self))]
      : [
        .binary(BinaryOperation(LeftArgument.self)), .binary(BinaryOperation(RightArgument.self)),
      ]
    for (way, operand) in zip(ways, operands)
    where attempt(goal, way, nil, rest + [(goal.function, operand)]) {
      return true
    }
    return false
  }

  private mutating func attempt(
    _ goal: Goal, _ operation: SlotOperation, _ scalar: Double?, _ goals: [Goal]
  ) -> Bool {
    guard case .slot(let index) = goal.operand else { return false }
    let before = choices
    choices[index] = (
      goal.function, operation, operation.isLearnable ? operation.scalarOrStart(scalar) : nil
    )
    if place(goals) { return true }
    choices = before
    return false
  }
}

extension ActivationExpression {
  /// The operations that the input passes at most.
  fileprivate var level: Int {
    switch self {
    case .input: 0
    case .unary(let operation, _, _) where operation.name == Constant.name: 1
    case .unary(_, _, let argument): 1 + argument.level
    case .binary(_, _, let first, let second): 1 + max(first.level, second.level)
    }
  }

  /// Other nodes of the same value, bit for bit.
  fileprivate var synonyms: [ActivationExpression] {
    let multiplication = BinaryOperation(Multiplication.self)
    switch self {
    case .input:
      return []
    case .unary(let operation, let scalar, let argument):
      let number = ActivationExpression.constant(operation.scalarOrStart(scalar))
      switch operation.name {
      case Shift.name:
        return [.binary(BinaryOperation(Addition.self), scalar: nil, argument, number)]
      case Scale.name:
        return [.binary(multiplication, scalar: nil, number, argument)]
      default: return []
      }
    case .binary(let operation, let scalar, let first, let second):
      switch operation.name {
      case SigmoidGate.name:
        return [.binary(multiplication, scalar: nil, .apply(Sigmoid.self, first), second)]
          .flatMap { [$0] + $0.synonyms.filter { $0 != self } }
      case Multiplication.name:
        var forms = [ActivationExpression.binary(operation, scalar: nil, second, first)]
        for (a, b) in [(first, second), (second, first)] {
          if let gate = a.argument(of: Sigmoid.self) {
            forms.append(.binary(BinaryOperation(SigmoidGate.self), scalar: nil, gate, b))
          }
          if let number = a.constantValue { forms.append(.apply(Scale.self, b, scalar: number)) }
        }
        return forms
      case Addition.name:
        var forms = [ActivationExpression.binary(operation, scalar: nil, second, first)]
        for (a, b) in [(first, second), (second, first)] {
          if let number = b.constantValue { forms.append(.apply(Shift.self, a, scalar: number)) }
        }
        return forms
      case Mix.name:
        return [.binary(operation, scalar: -(operation.scalarOrStart(scalar)), second, first)]
      default:
        guard OperationSymmetry.commutative.contains(operation.name) else { return [] }
        return [.binary(operation, scalar: scalar, second, first)]
      }
    }
  }
}
