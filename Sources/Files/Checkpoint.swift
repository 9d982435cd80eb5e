/// Where a computation stands: named lists of numbers and texts, all that its continuation needs.
///
/// A value in memory; `Checkpoint+Bytes.swift` is its form in a file.
public struct Checkpoint: Sendable {
  /// What an entry holds.
  package enum Values: Sendable {
    case bytes([UInt8])
    case int64([Int64])
    case float32([Float])
    case float64([Double])
    case texts([String])
  }

  /// The entries by name, such as `weights.conv1.weight`.
  package var entries: [String: Values] = [:]

  /// A checkpoint without entries.
  public init() {}

  /// The names of the entries, sorted.
  public var names: [String] { entries.keys.sorted() }
}

/// A checkpoint of something else than what is to be continued.
public struct CheckpointMismatch: Error, Sendable, Hashable, CustomStringConvertible {
  /// What does not fit, such as `it has no entry 'architecture.u0.weights'`.
  public let description: String

  /// States what does not fit.
  package init(_ description: String) { self.description = description }
}
