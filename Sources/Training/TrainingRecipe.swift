/// How the weights of a network are trained.
public struct TrainingRecipe: Sendable, Hashable {
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
  /// The number of first steps in which it rises along a line.
  public var warmupSteps = 0
  /// Where a falling schedule ends, as a part of the initial rate.
  public var lowestRate = 0.0
  /// What moves the weights.
  public var optimizer = OptimizerChoice.gradientDescent(momentum: 0.9)
  /// Weight decay: L2, or beside the step with AdamW.
  public var weightDecay = 1e-4
  /// The largest norm of a step's gradient; longer ones are scaled down to it; nil for any.
  public var gradientClip: Double?
  /// How tensors of other roles are trained beside weights.
  public var rules = RoleRules()

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
      warmupSteps >= 0, "warmup-steps", warmupSteps, mustBe: "0 or more")
    try ImpossibleValue.check(
      (0...1).contains(lowestRate), "lowest-rate", lowestRate, mustBe: "from 0 to 1")
    try optimizer.validate()
    try ImpossibleValue.check(
      rules.activationRate > 0 && rules.activationRate.isFinite, "activation-rate",
      rules.activationRate, mustBe: "a positive number, such as 1")
    try ImpossibleValue.check(
      weightDecay >= 0 && weightDecay.isFinite, "weight-decay", weightDecay,
      mustBe: "0 or a positive number, such as 1e-4")
    try ImpossibleValue.check(
      gradientClip ?? 1 > 0 && gradientClip ?? 1 < .infinity, "gradient-clip", gradientClip ?? 0,
      mustBe: "a positive number, such as 5, or 'off'")
  }

  /// The optimizer before its first step.
  public func makeOptimizer() -> any Optimizer {
    switch optimizer {
    case .gradientDescent(let momentum):
      StochasticGradientDescent(
        momentum: Float(momentum), weightDecay: Float(weightDecay), rules: rules)
    case .adam(let betas), .adamW(let betas):
      Adam<Float>(
        betas: (Float(betas.mean), Float(betas.square)), weightDecay: Float(weightDecay),
        isDecoupled: optimizer == .adamW(betas), rules: rules)
    }
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
    learningRate
      * schedule.factor(at: step, of: steps, warmup: warmupSteps, lowest: lowestRate)
  }
}
