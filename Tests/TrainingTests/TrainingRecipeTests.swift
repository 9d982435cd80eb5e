import Training
import Networks
import Testing

@Suite("Training recipe")
struct TrainingRecipeTests {
  @Test("unless told otherwise, the usual values for residual networks")
  func defaults() throws {
    let recipe = TrainingRecipe(epochs: 3, batchSize: 128)
    #expect(recipe.epochs == 3 && recipe.batchSize == 128 && recipe.accumulation == 1)
    #expect(recipe.learningRate == 0.1 && recipe.schedule == .constant)
    #expect(recipe.warmupSteps == 0 && recipe.lowestRate == 0 && recipe.gradientClip == nil)
    #expect(recipe.rules.activationRate == 1 && recipe.rules.decaysGains)
    let optimizer = try #require(recipe.makeOptimizer() as? StochasticGradientDescent)
    #expect(optimizer.momentum == 0.9 && optimizer.weightDecay == 1e-4)
    #expect(optimizer.velocities.isEmpty)
  }

  @Test("momentum, decay and the rules of roles reach the optimizer")
  func optimizer() throws {
    var recipe = TrainingRecipe(epochs: 1, batchSize: 1)
    recipe.optimizer.momentum = 0.5
    recipe.weightDecay = 0.25
    recipe.rules.activationRate = 3
    let optimizer = try #require(recipe.makeOptimizer() as? StochasticGradientDescent)
    #expect(optimizer.momentum == 0.5 && optimizer.weightDecay == 0.25)
    #expect(optimizer.rules == recipe.rules)
  }

  @Test("Adam is coupled, AdamW is not; both take the betas", arguments: ["adam", "adamw"])
  func adam(name: String) throws {
    var recipe = TrainingRecipe(epochs: 1, batchSize: 1)
    recipe.optimizer = try #require(OptimizerChoice(named: name))
    recipe.optimizer.betaMean = 0.75
    recipe.optimizer.betaSquare = 0.875
    recipe.weightDecay = 0.25
    recipe.rules.decaysGains = false
    let optimizer = try #require(recipe.makeOptimizer() as? Adam<Float>)
    #expect(optimizer.isDecoupled == (name == "adamw"))
    #expect(optimizer.betas.mean == 0.75 && optimizer.betas.square == 0.875)
    #expect(optimizer.weightDecay == 0.25 && optimizer.rules == recipe.rules)
  }

  @Test(
    "steps of an epoch: whole ones, at least one",
    arguments: [(1, 7, 7), (2, 7, 3), (3, 9, 3), (8, 7, 1)])
  func steps(accumulation: Int, batches: Int, steps: Int) {
    var recipe = TrainingRecipe(epochs: 1, batchSize: 1)
    recipe.accumulation = accumulation
    #expect(recipe.stepsPerEpoch(batches: batches) == steps)
  }

  @Test(
    "the learning rate of a step follows the schedule from its very first value",
    arguments: [
      (.constant, 99, 0.2), (.multiStep, 0, 0.2), (.multiStep, 49, 0.2), (.multiStep, 50, 0.02),
      (.multiStep, 75, 0.002), (.cosine, 0, 0.2), (.cosine, 50, 0.1), (.cosine, 75, 0.029289321881),
    ] as [(LearningRateSchedule, Int, Double)])
  func learningRate(schedule: LearningRateSchedule, step: Int, expected: Double) {
    var recipe = TrainingRecipe(epochs: 1, batchSize: 1)
    recipe.learningRate = 0.2
    recipe.schedule = schedule
    // The table has 11 digits.
    #expect(abs(recipe.learningRate(at: step, of: 100) - expected) <= 1e-11)
  }
}
