import Suggestions

/// A name that no operation has.
public struct UnknownOperation: Error, Sendable, Hashable, CustomStringConvertible {
  /// The name that was asked for.
  public let name: String

  /// What was looked for: `operation`, `unary operation` or `binary operation`.
  public let kind: String

  /// The names there are.
  public let known: [String]

  /// The known name that takes the fewest edits; the first among equals; nil if there is none.
  public var nearest: String? {
    nearestName(to: name, in: known)
  }

  /// One line: the name and the nearest known one.
  public var description: String {
    unknownName(name, kind: kind, known: known)
  }
}
