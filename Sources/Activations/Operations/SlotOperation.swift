/// What fills a slot of a cell: an operation of one or of two arguments.
///
/// (Foundation has an `Operation`.)
public enum SlotOperation: Sendable, Hashable {
  /// An operation of one argument.
  case unary(UnaryOperation)
  /// An operation of two arguments.
  case binary(BinaryOperation)

  /// The number of arguments.
  public var arity: Arity {
    switch self {
    case .unary: .unary
    case .binary: .binary
    }
  }

  /// The identifier, unique among all operations.
  public var name: String { type.name }

  /// The definition for a reader.
  public var formula: String { type.formula }

  /// The definition in LaTeX math mode.
  public var latex: String { type.latex }

  /// The distribution that the learnable scalar starts from; nil without one.
  public var initialScalar: InitialScalar? { type.initialScalar }

  /// Whether there is a learnable scalar.
  public var isLearnable: Bool { initialScalar != nil }

  /// Returns the arguments outside of which `Bounding.input` clamps; nil where it leaves them
  /// alone.
  ///
  /// - Parameter bound: ℓ, positive.
  /// - Returns: The interval, the same for each argument.
  public func clampedArguments(for bound: Double) -> ClosedRange<Double>? {
    type.clampedArguments(for: bound)
  }

  private var type: any Primitive.Type {
    switch self {
    case .unary(let operation): operation.primitive
    case .binary(let operation): operation.primitive
    }
  }
}

extension SlotOperation: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}
