/// What a checkpoint leaves out because it is kept elsewhere: parts in their order, read one at a
/// time, since all together they may be long.
public struct CheckpointParts: Sendable {
  /// The number of parts.
  public let count: Int
  private let read: @Sendable (Int) throws(CheckpointMismatch) -> Checkpoint

  /// Parts that are read when they are asked for.
  ///
  /// - Parameters:
  ///   - count: The number of parts.
  ///   - read: Reads one, by the number of those before it.
  public init(
    count: Int, read: @escaping @Sendable (Int) throws(CheckpointMismatch) -> Checkpoint
  ) {
    self.count = count
    self.read = read
  }

  /// Parts in memory.
  public init(_ parts: [Checkpoint] = []) {
    self.init(count: parts.count) { number throws(CheckpointMismatch) in parts[number] }
  }

  /// Reads a part.
  ///
  /// - Parameter number: How many stand before it, below `count`.
  /// - Returns: The part.
  /// - Throws: `CheckpointMismatch` if it is missing, damaged or another one.
  public subscript(number: Int) -> Checkpoint {
    get throws(CheckpointMismatch) { try read(number) }
  }
}
