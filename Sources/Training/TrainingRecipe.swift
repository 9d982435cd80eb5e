import Networks

/// How the weights of a network are trained.
public struct TrainingRecipe: Codable, Sendable, Hashable {
  /// The length of the training.
  public var epochs: Int
  /// Images that pass through the network at a time.
  public var batchSize: Int
  /// Batches whose gradients are averaged for one step.
  public var accumulation = 1
  /// Initial learning rate.
  public var learningRate = 0.1
  /// How it changes.
  public var schedule = LearningRateSchedule.constant
  /// Momentum of gradient descent.
  public var momentum = 0.9
  /// L2 weight decay.
  public var weightDecay = 1e-4
  /// The largest norm of a step's gradient; longer ones are scaled down to it; nil for any.
  public var gradientClip: Double?

  /// Makes a recipe with the usual values for residual networks on small images.
  public init(epochs: Int, batchSize: Int) {
    self.epochs = epochs
    self.batchSize = batchSize
  }

  /// Checks every value on its own.
  ///
  /// - Throws: `ImpossibleValue`, naming the first setting that no training can have.
  public func validate() throws(ImpossibleValue) {
    try ImpossibleValue.check(
      (1...1_000_000).contains(epochs), "epochs", epochs, mustBe: "from 1 to 1000000")
    try ImpossibleValue.check(
      batchSize >= 2, "batch-size", batchSize, mustBe: "at least 2, to normalize over")
    try ImpossibleValue.check(
      (1...10_000).contains(accumulation), "accumulation", accumulation,
      mustBe: "from 1 to 10000")
    try ImpossibleValue.check(
      learningRate > 0 && learningRate.isFinite, "learning-rate", learningRate,
      mustBe: "a positive number, such as 0.1")
    try ImpossibleValue.check(
      momentum >= 0 && momentum < 1, "momentum", momentum, mustBe: "from 0 to below 1")
    try ImpossibleValue.check(
      weightDecay >= 0 && weightDecay.isFinite, "weight-decay", weightDecay,
      mustBe: "0 or a positive number, such as 1e-4")
    try ImpossibleValue.check(
      gradientClip ?? 1 > 0 && gradientClip ?? 1 < .infinity, "gradient-clip", gradientClip ?? 0,
      mustBe: "a positive number, such as 5, or 'off'")
  }

  /// Gradient descent that has not stepped yet.
  public var optimizer: StochasticGradientDescent {
    StochasticGradientDescent(
      momentum: Float(momentum), weightDecay: Float(weightDecay),
      gradientClip: gradientClip ?? .infinity)
  }

  /// The steps of an epoch of `batches` batches; the next epoch begins with a remainder smaller
  /// than a step.
  public func stepsPerEpoch(batches: Int) -> Int { max(1, batches / accumulation) }

  /// The learning rate of a step.
  ///
  /// - Parameters:
  ///   - step: Steps taken before it.
  ///   - steps: The length of the training.
  /// - Returns: η of that step.
  public func learningRate(at step: Int, of steps: Int) -> Double {
    learningRate * schedule.factor(at: Double(step) / Double(steps))
  }
}
