/// A unary primitive as a value: compared, hashed, stored and printed by its name.
public struct UnaryOperation: Sendable {
  /// The primitive itself, whose loops compute.
  public let primitive: any UnaryFunction.Type

  /// Wraps a primitive.
  ///
  /// - Parameter primitive: The primitive's type.
  public init(_ primitive: any UnaryFunction.Type) {
    self.primitive = primitive
  }

  /// The identifier, such as `leaky_relu`.
  public var name: String { primitive.name }

  /// The definition for a reader.
  public var formula: String { primitive.formula }

  /// The definition in LaTeX math mode.
  public var latex: String { primitive.latex }

  /// The distribution that the learnable scalar starts from; nil without one.
  public var initialScalar: InitialScalar? { primitive.initialScalar }

  /// Whether there is a learnable scalar.
  public var isLearnable: Bool { initialScalar != nil }

  /// Where the function is not differentiable.
  public var kinks: [Kink] { primitive.kinks }

  /// Returns the value at `x`.
  ///
  /// - Parameters:
  ///   - x: The argument.
  ///   - scalar: The learnable scalar; ignored by an operation without one.
  /// - Returns: The value.
  public func value(_ x: Double, scalar: Double = 0) -> Double {
    primitive.value(x, scalar: scalar)
  }

  /// Returns the value and the derivative by `x`.
  ///
  /// - Parameters:
  ///   - x: The argument.
  ///   - scalar: The learnable scalar; ignored by an operation without one.
  /// - Returns: The value and the derivative.
  public func valueAndDerivative(
    _ x: Double, scalar: Double = 0
  ) -> (value: Double, derivative: Double) {
    primitive.valueAndDerivative(x, scalar: scalar)
  }

  /// Returns the derivative by the scalar.
  ///
  /// - Parameters:
  ///   - x: The argument.
  ///   - scalar: The learnable scalar.
  /// - Returns: The derivative; 0 for an operation without a scalar.
  public func scalarDerivative(_ x: Double, scalar: Double) -> Double {
    primitive.scalarDerivative(x, scalar: scalar)
  }
}

extension UnaryOperation: Hashable {
  /// Whether both have the same name.
  ///
  /// - Parameters:
  ///   - left: An operation.
  ///   - right: Another.
  /// - Returns: Whether they are the same.
  public static func == (left: UnaryOperation, right: UnaryOperation) -> Bool {
    left.name == right.name
  }

  /// Hashes the name.
  ///
  /// - Parameter hasher: The hasher that takes it.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
  }
}

extension UnaryOperation: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}
