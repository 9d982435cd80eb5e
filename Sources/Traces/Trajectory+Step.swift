extension Trajectory {
  /// What the search was doing at a step.
  public enum Phase: String, Sendable, CaseIterable, BitwiseCopyable {
    /// The network trains with its default activation while the architecture already learns.
    case warmStart = "warm_start"
    /// Network and architecture learn in turn.
    case search
    /// Every slot has one operation left; only the network learns.
    case discrete
  }

  /// One step of a search: an architecture step and a weight step.
  ///
  /// A quantity that was not measured is NaN.
  public struct Step: Sendable, Equatable, BitwiseCopyable {
    /// The step's number since the search began, from 0.
    public var step = 0
    /// The epoch's number, from 0.
    public var epoch = 0
    /// What the search was doing.
    public var phase = Phase.search
    /// Seconds since the search began, over all its resumptions.
    public var elapsedSeconds = 0.0
    /// Mean cross-entropy on the training batch, in nats.
    public var trainLoss = Float.nan
    /// Mean cross-entropy on the validation batch of the architecture step, in nats.
    public var validationLoss = Float.nan
    /// Fraction of the training batch that is classified correctly, 0 to 1.
    public var trainAccuracy = Float.nan
    /// Fraction of the validation batch that is classified correctly, 0 to 1.
    public var validationAccuracy = Float.nan
    /// The step width of the weights' optimizer.
    public var learningRate = Float.nan
    /// The step width of the architecture's optimizer.
    public var architectureLearningRate = Float.nan
    /// Operations alive, over all slots.
    public var operationsAlive = 0

    /// A step whose measurements are still NaN.
    ///
    /// - Parameters:
    ///   - step: The step's number since the search began, from 0.
    ///   - epoch: The epoch's number, from 0.
    ///   - phase: What the search was doing.
    public init(step: Int, epoch: Int, phase: Phase) {
      self.step = step
      self.epoch = epoch
      self.phase = phase
    }

    static let table = Table(
      group: "steps", signal: "train_loss", blank: Step(step: 0, epoch: 0, phase: .search),
      columns: [
        Column("step", \.step),
        Column("epoch", \.epoch).ofEpochs,
        Column("phase", label: \.phase),
        Column("elapsed_seconds", units: "s", \.elapsedSeconds),
        Column("train_loss", units: "nat", \.trainLoss),
        Column("validation_loss", units: "nat", \.validationLoss),
        Column("train_accuracy", units: "1", \.trainAccuracy),
        Column("validation_accuracy", units: "1", \.validationAccuracy),
        Column("learning_rate", \.learningRate).within(.notNegative),
        Column("architecture_learning_rate", \.architectureLearningRate).within(.notNegative),
        Column("operations_alive", \.operationsAlive),
      ])

    /// Whether two steps hold the same values, NaN being the same as NaN.
    ///
    /// - Parameters:
    ///   - left: One step.
    ///   - right: The other.
    /// - Returns: True if all columns agree.
    public static func == (left: Step, right: Step) -> Bool { table.same(left, right) }
  }
}
