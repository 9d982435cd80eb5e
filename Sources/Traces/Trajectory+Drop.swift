extension Trajectory {
  /// An operation leaving a slot.
  public struct Drop: Sendable, Equatable {
    /// The first step that runs without the operation.
    public var step: Int
    /// The epoch of that step.
    public var epoch: Int
    /// The slot's name.
    public var slot: String
    /// The operation's name.
    public var operation: String
    /// Its raw architecture weight when it was dropped.
    public var alpha: Float
    /// The validation loss without it, where removals were tried; NaN where α alone decided.
    public var loss: Float = .nan

    /// A drop.
    ///
    /// - Parameters:
    ///   - step: The first step that runs without the operation.
    ///   - epoch: The epoch of that step.
    ///   - slot: The slot's name.
    ///   - operation: The operation's name.
    ///   - alpha: Its raw architecture weight when it was dropped.
    public init(step: Int, epoch: Int, slot: String, operation: String, alpha: Float) {
      self.step = step
      self.epoch = epoch
      self.slot = slot
      self.operation = operation
      self.alpha = alpha
    }

    static let table = Table(
      group: "drops", signal: "alpha",
      blank: Drop(step: 0, epoch: 0, slot: "", operation: "", alpha: 0),
      columns: [
        Column("step", \.step),
        Column("epoch", \.epoch).ofEpochs,
        Column("slot", \.slot),
        Column("operation", \.operation),
        Column("alpha", \.alpha),
        Column("loss", units: "nat", \.loss).optional,
      ])

    /// Whether two drops hold the same values, NaN being the same as NaN.
    ///
    /// - Parameters:
    ///   - left: One drop.
    ///   - right: The other.
    /// - Returns: True if all columns agree.
    public static func == (left: Drop, right: Drop) -> Bool { table.same(left, right) }
  }
}
