extension Trajectory {
  /// The summary of one epoch, measured at its end.
  ///
  /// A quantity that was not measured is NaN.
  public struct Epoch: Sendable, Equatable {
    /// The epoch's number, from 0.
    public var epoch = 0
    /// Seconds since the search began, over all its resumptions, at the end of the epoch.
    public var elapsedSeconds = 0.0
    /// Mean cross-entropy over the epoch's training batches, in nats.
    public var trainLoss = Float.nan
    /// Mean cross-entropy over the whole validation part at the end of the epoch, in nats.
    public var validationLoss = Float.nan
    /// Fraction of the epoch's training images that were classified correctly, 0 to 1.
    public var trainAccuracy = Float.nan
    /// Fraction of the whole validation part classified correctly at the end of the epoch, 0 to 1.
    public var validationAccuracy = Float.nan
    /// The best `validationAccuracy` up to and with this epoch.
    public var bestValidationAccuracy = Float.nan

    /// A summary whose measurements are still NaN.
    ///
    /// - Parameters:
    ///   - epoch: The epoch's number, from 0.
    ///   - elapsedSeconds: Seconds since the search began, at the end of the epoch.
    public init(epoch: Int, elapsedSeconds: Double) {
      self.epoch = epoch
      self.elapsedSeconds = elapsedSeconds
    }

    static let table = Table(
      group: "epochs", signal: "validation_accuracy", blank: Epoch(epoch: 0, elapsedSeconds: 0),
      columns: [
        Column("epoch", \.epoch).ofEpochs,
        Column("elapsed_seconds", units: "s", \.elapsedSeconds),
        Column("train_loss", units: "nat", \.trainLoss),
        Column("validation_loss", units: "nat", \.validationLoss),
        Column("train_accuracy", units: "1", \.trainAccuracy),
        Column("validation_accuracy", units: "1", \.validationAccuracy),
        Column("best_validation_accuracy", units: "1", \.bestValidationAccuracy),
      ])

    /// Whether two summaries hold the same values, NaN being the same as NaN.
    ///
    /// - Parameters:
    ///   - left: One summary.
    ///   - right: The other.
    /// - Returns: True if all columns agree.
    public static func == (left: Epoch, right: Epoch) -> Bool { table.same(left, right) }
  }
}
