import Suggestions

/// The operations that a search chooses from, in an order that decides ties.
public struct OperationSet: Sendable, Hashable {
  /// The operations of one argument, for unary slots.
  public let unary: [ElementaryOperation]

  /// The operations of two, for binary slots.
  public let binary: [ElementaryOperation]

  /// Creates a set.
  ///
  /// - Parameters:
  ///   - unary: The operations for unary slots, each once.
  ///   - binary: The operations for binary slots, each once.
  public init(unary: [ElementaryOperation], binary: [ElementaryOperation]) {
    let names = unary.map(\.name) + binary.map(\.name)
    precondition(
      unary.allSatisfy { $0.arity == .unary } && binary.allSatisfy { $0.arity == .binary },
      "OperationSet: operations of \(unary) or \(binary) have another number of arguments")
    precondition(
      Set(names).count == names.count, "OperationSet: an operation stands twice in \(names)")
    self.unary = unary
    self.binary = binary
  }

  /// All operations, the unary ones first.
  public var all: [ElementaryOperation] { unary + binary }

  /// Returns the operations for a slot.
  ///
  /// - Parameter arity: The slot's arity.
  /// - Returns: The operations in order.
  public func operations(of arity: Arity) -> [ElementaryOperation] {
    switch arity {
    case .unary: unary
    case .binary: binary
    }
  }

  /// Looks a unary operation up.
  ///
  /// - Parameter name: The identifier.
  /// - Returns: The operation.
  /// - Throws: `UnknownOperation`, with the nearest name, if there is none.
  public func unaryOperation(named name: String) throws(UnknownOperation) -> ElementaryOperation {
    guard let operation = Self.found(name, in: unary) else {
      throw UnknownOperation(name: name, kind: "unary operation", known: unary.map(\.name))
    }
    return operation
  }

  /// Looks a binary operation up.
  ///
  /// - Parameter name: The identifier.
  /// - Returns: The operation.
  /// - Throws: `UnknownOperation`, with the nearest name, if there is none.
  public func binaryOperation(named name: String) throws(UnknownOperation) -> ElementaryOperation {
    guard let operation = Self.found(name, in: binary) else {
      throw UnknownOperation(name: name, kind: "binary operation", known: binary.map(\.name))
    }
    return operation
  }

  /// Looks an operation of either arity up.
  ///
  /// - Parameter name: The identifier.
  /// - Returns: The operation.
  /// - Throws: `UnknownOperation`, with the nearest name, if there is none.
  public func operation(named name: String) throws(UnknownOperation) -> ElementaryOperation {
    guard let operation = Self.found(name, in: all) else {
      throw UnknownOperation(name: name, kind: "operation", known: all.map(\.name))
    }
    return operation
  }

  /// The operation that a name means beyond doubt, whatever its case and underscores.
  private static func found(
    _ name: String, in operations: [ElementaryOperation]
  ) -> ElementaryOperation? {
    let same = sameName(as: name, in: operations.map(\.name))
    return operations.first { $0.name == same }
  }
}
