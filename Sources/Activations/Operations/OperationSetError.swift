import Suggestions

/// Why names do not make a set of operations.
public enum OperationSetError: Error, Sendable, Hashable {
  /// No set has the name.
  case unknownSet(name: String, known: [String])
  /// No operation has the name.
  case unknownOperation(UnknownOperation)
  /// The operation stands twice, itself or in a set.
  case repeatedOperation(name: String)
  /// There is no name.
  case empty
}

extension OperationSetError: CustomStringConvertible {
  /// One line that names the word and the cure.
  public var description: String {
    switch self {
    case .unknownSet(let name, let known):
      unknownName(name, kind: "set of operations", known: known)
    case .unknownOperation(let error):
      error.description
    case .repeatedOperation(let name):
      "operation '\(name)' stands twice; name it once"
    case .empty:
      "no operation is named; give a set, such as grafs, or operations, such as relu gelu add"
    }
  }
}
