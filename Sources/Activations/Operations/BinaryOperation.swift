/// A binary primitive as a value: compared, hashed, stored and printed by its name.
public struct BinaryOperation: Sendable {
  /// The primitive itself, whose loops compute.
  public let primitive: any BinaryFunction.Type

  /// Wraps a primitive.
  ///
  /// - Parameter primitive: The primitive's type.
  public init(_ primitive: any BinaryFunction.Type) {
    self.primitive = primitive
  }

  /// The identifier, such as `sigmoid_gate`.
  public var name: String { primitive.name }

  /// The definition for a reader.
  public var formula: String { primitive.formula }

  /// The definition in LaTeX math mode.
  public var latex: String { primitive.latex }

  /// The distribution that the learnable scalar starts from; nil without one.
  public var initialScalar: InitialScalar? { primitive.initialScalar }

  /// Whether there is a learnable scalar.
  public var isLearnable: Bool { initialScalar != nil }

  /// The derivatives taken where the arguments are equal; nil where nothing is special there.
  public var tieRule: TieRule? { primitive.tieRule }

  /// Returns the value at `(a, b)`.
  ///
  /// - Parameters:
  ///   - a: The first argument.
  ///   - b: The second argument.
  ///   - scalar: The learnable scalar; ignored by an operation without one.
  /// - Returns: The value.
  public func value(_ a: Double, _ b: Double, scalar: Double = 0) -> Double {
    primitive.value(a, b, scalar: scalar)
  }

  /// Returns the value and both partial derivatives.
  ///
  /// - Parameters:
  ///   - a: The first argument.
  ///   - b: The second argument.
  ///   - scalar: The learnable scalar; ignored by an operation without one.
  /// - Returns: The value and the derivatives by the first and the second argument.
  public func valueAndDerivatives(
    _ a: Double, _ b: Double, scalar: Double = 0
  ) -> (value: Double, byFirst: Double, bySecond: Double) {
    primitive.valueAndDerivatives(a, b, scalar: scalar)
  }

  /// Returns the derivative by the scalar.
  ///
  /// - Parameters:
  ///   - a: The first argument.
  ///   - b: The second argument.
  ///   - scalar: The learnable scalar.
  /// - Returns: The derivative; 0 for an operation without a scalar.
  public func scalarDerivative(_ a: Double, _ b: Double, scalar: Double) -> Double {
    primitive.scalarDerivative(a, b, scalar: scalar)
  }
}

extension BinaryOperation: Hashable {
  /// Whether both have the same name.
  ///
  /// - Parameters:
  ///   - left: An operation.
  ///   - right: Another.
  /// - Returns: Whether they are the same.
  public static func == (left: BinaryOperation, right: BinaryOperation) -> Bool {
    left.name == right.name
  }

  /// Hashes the name.
  ///
  /// - Parameter hasher: The hasher that takes it.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
  }
}

extension BinaryOperation: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}
