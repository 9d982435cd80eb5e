/// How many arguments an operation or a slot takes.
public enum Arity: Int, Sendable, Hashable, CaseIterable, Codable {
  /// One argument.
  case unary = 1
  /// Two arguments.
  case binary = 2
}

extension Arity: CustomStringConvertible {
  /// `unary` or `binary`.
  public var description: String {
    switch self {
    case .unary: "unary"
    case .binary: "binary"
    }
  }
}
