/// A primitive as a value: compared, hashed, stored and printed by its name.
///
/// (Not called `Operation`, because Foundation has a type of that name.)
public struct ElementaryOperation: Sendable {
  /// The primitive, whose loops compute.
  enum Kind: Sendable {
    case unary(any UnaryFunction.Type)
    case binary(any BinaryFunction.Type)
  }

  let kind: Kind

  /// The identifier, such as `leaky_relu`, unique among all operations.
  public let name: String

  /// The scalars that are learned with it, in their order.
  public let scalars: [LearnableScalar]

  /// What is known of it for rewriting.
  public let traits: Traits

  /// Wraps a primitive of one argument.
  ///
  /// - Parameter primitive: The primitive's type.
  public init(_ primitive: any UnaryFunction.Type) { self.init(.unary(primitive), primitive) }

  /// Wraps a primitive of two arguments.
  ///
  /// - Parameter primitive: The primitive's type.
  public init(_ primitive: any BinaryFunction.Type) { self.init(.binary(primitive), primitive) }

  private init(_ kind: Kind, _ primitive: any Primitive.Type) {
    self.kind = kind
    name = primitive.name
    scalars = primitive.scalars
    traits = primitive.traits
  }

  /// The number of arguments.
  public var arity: Arity {
    switch kind {
    case .unary: .unary
    case .binary: .binary
    }
  }

  /// The primitive's type.
  public var primitive: any Primitive.Type {
    switch kind {
    case .unary(let primitive): primitive
    case .binary(let primitive): primitive
    }
  }

  /// The definition for a reader.
  public var formula: String { primitive.formula }

  /// The definition in LaTeX math mode.
  public var latex: String { primitive.latex }

  /// Whether there is a learnable scalar.
  public var isLearnable: Bool { !scalars.isEmpty }

  /// What the scalars are called in files: the operation's name for the only one, else with a
  /// number from 1 on, such as `pade.2`.
  public var scalarLabels: [String] {
    scalars.count == 1 ? [name] : scalars.indices.map { "\(name).\($0 + 1)" }
  }

  /// The scalars by which it is evaluated, printed and compared where none are given: the means of
  /// their starts.
  public var meanScalars: [Double] { scalars.map(\.start.mean) }

  /// Where a function of one argument is not differentiable; empty of two.
  public var kinks: [Kink] {
    if case .unary(let primitive) = kind { primitive.kinks } else { [] }
  }

  /// The derivatives taken where two arguments are equal; nil where nothing is special there.
  public var tieRule: TieRule? {
    if case .binary(let primitive) = kind { primitive.tieRule } else { nil }
  }

  /// Returns the arguments outside of which `Bounding.input` clamps; nil where it leaves them
  /// alone.
  ///
  /// - Parameter bound: ℓ, positive.
  /// - Returns: The interval, the same for each argument.
  public func clampedArguments(for bound: Double) -> ClosedRange<Double>? {
    primitive.clampedArguments(for: bound)
  }

  /// Returns how the operation is written.
  ///
  /// - Parameters:
  ///   - arguments: As many as there are.
  ///   - scalars: As many as there are.
  /// - Returns: The formula.
  public func notation(of arguments: [Notation], scalars: [Notation]) -> Notation {
    switch kind {
    case .unary(let primitive): primitive.notation(of: arguments[0], scalars: scalars)
    case .binary(let primitive):
      primitive.notation(of: arguments[0], arguments[1], scalars: scalars)
    }
  }
}

extension ElementaryOperation: Hashable {
  /// Whether both have the same name and number of arguments.
  ///
  /// - Parameters:
  ///   - left: An operation.
  ///   - right: Another.
  /// - Returns: Whether they are the same.
  public static func == (left: ElementaryOperation, right: ElementaryOperation) -> Bool {
    left.name == right.name && left.arity == right.arity
  }

  /// Hashes the name.
  ///
  /// - Parameter hasher: The hasher that takes it.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension ElementaryOperation: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}
