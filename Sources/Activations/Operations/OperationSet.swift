import Suggestions

/// The operations that a search chooses from, in an order that decides ties.
public struct OperationSet: Sendable, Hashable {
  /// The operations for unary slots.
  public let unary: [UnaryOperation]

  /// The operations for binary slots.
  public let binary: [BinaryOperation]

  /// Creates a set.
  ///
  /// - Parameters:
  ///   - unary: The operations for unary slots, each once.
  ///   - binary: The operations for binary slots, each once.
  public init(unary: [UnaryOperation], binary: [BinaryOperation]) {
    let names = unary.map(\.name) + binary.map(\.name)
    precondition(
      Set(names).count == names.count, "OperationSet: an operation stands twice in \(names)")
    self.unary = unary
    self.binary = binary
  }

  /// All operations, the unary ones first.
  public var all: [SlotOperation] {
    unary.map(SlotOperation.unary) + binary.map(SlotOperation.binary)
  }

  /// Returns the operations for a slot.
  ///
  /// - Parameter arity: The slot's arity.
  /// - Returns: The operations in order.
  public func operations(of arity: Arity) -> [SlotOperation] {
    switch arity {
    case .unary: unary.map(SlotOperation.unary)
    case .binary: binary.map(SlotOperation.binary)
    }
  }

  /// Looks a unary operation up.
  ///
  /// - Parameter name: The identifier.
  /// - Returns: The operation.
  /// - Throws: `UnknownOperation`, with the nearest name, if there is none.
  public func unaryOperation(named name: String) throws(UnknownOperation) -> UnaryOperation {
    guard let operation = Self.found(name, in: unary, \.name) else {
      throw UnknownOperation(name: name, kind: "unary operation", known: unary.map(\.name))
    }
    return operation
  }

  /// Looks a binary operation up.
  ///
  /// - Parameter name: The identifier.
  /// - Returns: The operation.
  /// - Throws: `UnknownOperation`, with the nearest name, if there is none.
  public func binaryOperation(named name: String) throws(UnknownOperation) -> BinaryOperation {
    guard let operation = Self.found(name, in: binary, \.name) else {
      throw UnknownOperation(name: name, kind: "binary operation", known: binary.map(\.name))
    }
    return operation
  }

  /// Looks an operation of either arity up.
  ///
  /// - Parameter name: The identifier.
  /// - Returns: The operation.
  /// - Throws: `UnknownOperation`, with the nearest name, if there is none.
  public func operation(named name: String) throws(UnknownOperation) -> SlotOperation {
    guard let operation = Self.found(name, in: all, \.name) else {
      throw UnknownOperation(name: name, kind: "operation", known: all.map(\.name))
    }
    return operation
  }

  /// The operation that a name means beyond doubt, whatever its case and underscores.
  private static func found<Operation>(
    _ name: String, in operations: [Operation], _ nameOf: (Operation) -> String
  ) -> Operation? {
    let same = sameName(as: name, in: operations.map(nameOf))
    return operations.first { nameOf($0) == same }
  }
}
