import Autodiff
import Tensors

/// Functions some of whose scalars are variables.
extension ActivationExpression {
  /// Creates an operation of x alone; its scalars are open.
  public init(of operation: ElementaryOperation) {
    self = .node(
      Node(
        operation, scalars: operation.scalars.map { _ in .open(start: nil) },
        [ActivationExpression](repeating: .input, count: operation.arity.rawValue)))
  }

  /// The start distributions of the open scalars: those of an operation's arguments before its own.
  /// Texts may number them otherwise, see `openScalarNumbers`.
  public var openScalars: [InitialScalar] {
    guard case .node(let node) = self else { return [] }
    let own = zip(node.scalars, node.operation.scalars).compactMap { scalar, declared in
      guard case .open(let start) = scalar else { return nil as InitialScalar? }
      return start.map { InitialScalar(mean: $0, standardDeviation: 0) } ?? declared.start
    }
    return node.arguments.flatMap(\.openScalars) + own
  }

  /// For each of `openScalars` its number in the function's text, from 1: the 2 of `β2`.
  package var openScalarNumbers: [Int] {
    let count = openScalars.count
    let marked = markedScalars(Array(0..<count))
    let order = FormulaGrammar.grammar(of: .known).formula(of: marked).openStarts.compactMap {
      $0.map { Int($0) }
    }
    return (0..<count).map { (order.firstIndex(of: $0) ?? $0) + 1 }
  }

  /// The same tree with its open scalars starting at these numbers.
  private func markedScalars(_ numbers: [Int]) -> ActivationExpression {
    var rest = numbers[...]
    func marked(_ expression: ActivationExpression) -> ActivationExpression {
      guard case .node(let node) = expression else { return .input }
      let arguments = node.arguments.map(marked)
      let scalars = node.scalars.map { scalar in
        guard case .open = scalar, let number = rest.popFirst() else { return scalar }
        return .open(start: Double(number))
      }
      return .node(Node(node.operation, scalars: scalars, arguments))
    }
    return marked(self)
  }

  /// The function whose open scalars are the numbers given, in the order of `openScalars`.
  func filled(with scalars: [Double]) -> ActivationExpression {
    var rest = scalars[...]
    return filled(&rest)
  }

  private func filled(_ rest: inout ArraySlice<Double>) -> ActivationExpression {
    guard case .node(let node) = self else { return .input }
    let arguments = node.arguments.map { $0.filled(&rest) }
    let scalars = node.scalars.map { scalar in
      if case .open = scalar, let number = rest.popFirst() { Scalar.fixed(number) } else { scalar }
    }
    return .node(Node(node.operation, scalars: scalars, arguments))
  }

  /// Whether this is max(x, 0), written as such.
  package var isRectifier: Bool { self == .init(of: ElementaryOperation(ReLU.self)) }

  /// Evaluates the function on a tape, so that gradients reach its open scalars.
  ///
  /// - Parameters:
  ///   - points: `[1, points]`.
  ///   - limits: How operations are bounded.
  ///   - openScalars: A variable `[1]` for each, or `[functions]`, a number for each of several
  ///     functions.
  /// - Returns: `[functions, points]`.
  /// - Precondition: There is a variable for each open scalar.
  public func values(
    at points: Variable<Double>, limits: Limits = .off, openScalars: [Variable<Double>]
  ) -> Variable<Double> {
    var rest = openScalars[...]
    let values = values(at: points, limits, &rest)
    precondition(rest.isEmpty, "values: \(openScalars.count) open scalars for \(self)")
    return values
  }

  private func values(
    at points: Variable<Double>, _ limits: Limits, _ rest: inout ArraySlice<Variable<Double>>
  ) -> Variable<Double> {
    guard case .node(let node) = self else { return points }
    let operands = node.arguments.map { $0.values(at: points, limits, &rest) }
    let tape = points.tape
    let scalars = node.scalars.map { scalar -> Variable<Double> in
      switch scalar {
      case .fixed(let number): return tape.constant(Tensor([number]))
      case .open:
        guard let variable = rest.popFirst() else {
          preconditionFailure("values: an open scalar of \(self) has no variable")
        }
        return variable
      }
    }
    // A row of scalars for each function, where there are several.
    let rows = (scalars + operands).map(\.functionCount).max() ?? 1
    let columns = scalars.map { scalar in
      rows == scalar.value.count
        ? scalar
        : scalar.gathering([Int](repeating: 0, count: rows))
    }
    let joined = joining(columns, on: tape)
    let matrix =
      rows == 1 || columns.isEmpty
      ? joined
      : transposition(
        conversion(joined, to: Double.self, shape: [columns.count, rows]))
    return mixture(
      of: [node.operation], at: operands,
      weights: tape.constant(Tensor(repeating: 1, [rows, 1])), scalars: matrix, limits: limits)
  }
}

extension Variable<Double> {
  /// For how many functions it has numbers: scalars `[functions]`, values `[functions, points]`.
  fileprivate var functionCount: Int { shape.rank == 1 ? shape.columns : shape.rows }
}
