import Autodiff
import Tensors

/// Functions some of whose scalars are variables.
///
/// A scalar is open where an operation that has one is given nil.
extension ActivationExpression {
  /// Creates a unary operation of x; its scalar, if it has one, is open.
  public init(of operation: UnaryOperation) {
    self = .unary(operation, scalar: nil, .input)
  }

  /// The start distributions of the open scalars, in the order in which they are written: those of
  /// an operation's arguments before its own.
  public var openScalars: [InitialScalar] {
    switch self {
    case .input: []
    case .unary(let operation, let scalar, let argument):
      argument.openScalars + (scalar == nil ? [operation.initialScalar].compactMap(\.self) : [])
    case .binary(let operation, let scalar, let first, let second):
      first.openScalars + second.openScalars
        + (scalar == nil ? [operation.initialScalar].compactMap(\.self) : [])
    }
  }

  /// The function whose open scalars are the numbers given, in the order of `openScalars`.
  func filled(with scalars: [Double]) -> ActivationExpression {
    var rest = scalars[...]
    return filled(&rest)
  }

  private func filled(_ rest: inout ArraySlice<Double>) -> ActivationExpression {
    switch self {
    case .input: return .input
    case .unary(let operation, let scalar, let argument):
      let inner = argument.filled(&rest)
      return .unary(
        operation, scalar: scalar ?? (operation.isLearnable ? rest.popFirst() : nil), inner)
    case .binary(let operation, let scalar, let first, let second):
      let (a, b) = (first.filled(&rest), second.filled(&rest))
      return .binary(
        operation, scalar: scalar ?? (operation.isLearnable ? rest.popFirst() : nil), a, b)
    }
  }

  /// Whether this is max(x, 0), written as such.
  package var isRectifier: Bool { self == .init(of: UnaryOperation(ReLU.self)) }

  /// Evaluates the function on a tape, so that gradients reach its open scalars.
  ///
  /// - Parameters:
  ///   - points: `[1, points]`.
  ///   - limits: How operations are bounded.
  ///   - openScalars: A variable `[1]` for each.
  /// - Returns: `[1, points]`.
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
    let operation: SlotOperation
    let given: Double?
    let operands: [Variable<Double>]
    switch self {
    case .input: return points
    case .unary(let unary, let scalar, let argument):
      (operation, given) = (.unary(unary), scalar)
      operands = [argument.values(at: points, limits, &rest)]
    case .binary(let binary, let scalar, let first, let second):
      (operation, given) = (.binary(binary), scalar)
      let left = first.values(at: points, limits, &rest)
      operands = [left, second.values(at: points, limits, &rest)]
    }
    var scalar = points.tape.constant(Tensor([given ?? 0]))
    if given == nil, operation.isLearnable {
      guard let variable = rest.popFirst() else {
        preconditionFailure("values: an open scalar of \(self) has no variable")
      }
      scalar = variable
    }
    return mixture(
      of: [operation], at: operands, weights: points.tape.constant(Tensor([1], [1, 1])),
      scalars: scalar, limits: limits)
  }
}
