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
