import Activations

/// A function to be written as code: its name there, and what it is.
public struct ExportedFunction: Sendable, Hashable {
  /// Its name in the code.
  public let name: String
  /// The function.
  public let expression: ActivationExpression
  /// ℓ, to which the output of every operation is clipped; nil for no clipping.
  public let bound: Double?

  /// Names a function.
  ///
  /// - Parameters:
  ///   - name: A letter, then letters, digits and underscores.
  ///   - expression: The function; without a bound, what does nothing in it is left out.
  ///   - bound: ℓ, positive and finite: the output of every operation is clipped to ±ℓ, as a search
  ///     does; nil for no clipping.
  /// - Throws: `ExportError` if the name or a number cannot stand in code.
  public init(
    name: String, expression: ActivationExpression, bound: Double? = nil
  ) throws(ExportError) {
    try Identifier.check(name)
    if let bound {
      guard bound > 0, bound.isFinite else { throw .impossibleBound(bound) }
    }
    self.name = name
    // Idle operations clip, too.
    self.expression = bound == nil ? expression.simplified : expression
    self.bound = bound
    if let operation = self.expression.openOperation {
      throw .openScalar(operation: operation.name)
    }
    for scalar in self.expression.scalars where !scalar.isFinite {
      throw .numberNotFinite(function: name, scalar)
    }
  }

  /// The formula, with all digits.
  public var formula: String { expression.exactText(for: .allPrimitives) }

  /// The formula in LaTeX math mode, with all digits.
  public var latex: String { expression.exactNotation.latex }

  /// The formula as it is written in comments, with what it leaves unsaid.
  var equation: [String] {
    ["\(name)(x) = \(formula)"]
      + (bound.map { ["with every operation's output clipped to ±\($0)"] } ?? [])
  }

  /// As terms.
  var code: FunctionCode { FunctionCode(expression, bound: bound) }
}

extension ActivationExpression {
  /// An operation whose scalar is not given, if there is one.
  fileprivate var openOperation: SlotOperation? {
    switch self {
    case .input: nil
    case .unary(let operation, let scalar, let argument):
      operation.isLearnable && scalar == nil ? .unary(operation) : argument.openOperation
    case .binary(let operation, let scalar, let first, let second):
      operation.isLearnable && scalar == nil
        ? .binary(operation) : first.openOperation ?? second.openOperation
    }
  }

  /// The scalars in the tree.
  var scalars: [Double] {
    switch self {
    case .input: []
    case .unary(_, let scalar, let argument): [scalar].compactMap { $0 } + argument.scalars
    case .binary(_, let scalar, let first, let second):
      [scalar].compactMap { $0 } + first.scalars + second.scalars
    }
  }
}
