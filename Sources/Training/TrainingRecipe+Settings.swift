import Networks
import Settings

extension TrainingRecipe {
  /// The settings of a recipe.
  public static let settings: [Setting<TrainingRecipe>] = [
    Setting("epochs", \.epochs, "a whole number", help: "Length of the training, in epochs.")
      .must("be from 1 to 1000000") { (1...1_000_000).contains($0.epochs) },
    Setting(
      "batch-size", \.batchSize, "a whole number",
      help: "Examples that pass through the network at a time."
    ).must("be at least 2, to normalize over") { $0.batchSize >= 2 },
    Setting(
      "accumulation", \.accumulation, "a whole number",
      help: "Batches whose gradients are averaged for one step."
    ).must("be from 1 to 10000") { (1...10_000).contains($0.accumulation) },
    Setting("learning-rate", \.learningRate, "a number", help: "Initial learning rate.")
      .must("be a positive number, such as 0.1") {
        $0.learningRate > 0 && $0.learningRate.isFinite
      },
    Setting("schedule", \.schedule, help: "How the learning rate changes."),
    Setting(
      "warmup-steps", \.warmupSteps, "a whole number",
      help: "First steps, in which the learning rate rises along a line."
    ).must("be 0 or more") { $0.warmupSteps >= 0 },
    Setting(
      "lowest-rate", \.lowestRate, "a number",
      help: "Where a falling schedule ends, as a part of the initial learning rate."
    ).must("be from 0 to 1") { (0...1).contains($0.lowestRate) },
    Setting(
      "optimizer", kind: OptimizerChoice.names.joined(separator: ", "),
      help: "What moves the weights.", text: { $0.optimizer.name },
      set: { recipe, text in
        guard let optimizer = OptimizerChoice(named: text) else { return false }
        if optimizer.name != recipe.optimizer.name { recipe.optimizer = optimizer }
        return true
      }),
    Setting(
      "momentum", \.optimizer.momentum, "a number", onlyWith: "optimizer sgd",
      help: "Momentum of gradient descent."
    ).must("be from 0 to below 1") { (0..<1).contains($0.optimizer.momentum ?? 0) },
    Setting(
      "beta-mean", \.optimizer.betaMean, "a number", onlyWith: "optimizer adam or adamw",
      help: "Decay of Adam's mean of gradients, β₁."
    ).must("be from 0 to below 1") { (0..<1).contains($0.optimizer.betaMean ?? 0) },
    Setting(
      "beta-square", \.optimizer.betaSquare, "a number", onlyWith: "optimizer adam or adamw",
      help: "Decay of Adam's mean of squared gradients, β₂."
    ).must("be from 0 to below 1") { (0..<1).contains($0.optimizer.betaSquare ?? 0) },
    Setting(
      "weight-decay", \.weightDecay, "a number",
      help: "Weight decay: L2, or beside the step with AdamW."
    ).must("be 0 or a positive number, such as 1e-4") {
      $0.weightDecay >= 0 && $0.weightDecay.isFinite
    },
    Setting(
      "gradient-clip", \.gradientClip, "a number", none: "off",
      help: "The largest norm of a step's gradient; longer ones are scaled down."
    ).must("be a positive number, such as 5, or 'off'") {
      $0.gradientClip ?? 1 > 0 && $0.gradientClip ?? 1 < .infinity
    },
    Setting(
      "activation-rate", \.rules.activationRate, "a number",
      help: "Learning rate of activations' own scalars as a multiple of the weights'."
    ).must("be a positive number, such as 1") {
      $0.rules.activationRate > 0 && $0.rules.activationRate.isFinite
    },
    Setting(
      "decay-gains", \.rules.decaysGains, "true or false",
      help: "Whether biases, and scales and offsets of normalizations, decay as weights do."),
  ]

  /// Checks every value.
  ///
  /// - Throws: `ImpossibleValue`, naming the first setting that no training can have.
  public func validate() throws(ImpossibleValue) { try Self.settings.check(self) }

  /// Checks the values that depend on how many examples there are.
  ///
  /// - Parameters:
  ///   - examples: Those that train the weights, at least one.
  ///   - most: The largest batch that can be made: that of the smaller part, where there are two.
  /// - Throws: `ImpossibleValue`, naming the first setting that such a training cannot have.
  public func validate(examples: Int, atMost most: Int) throws(ImpossibleValue) {
    try ImpossibleValue.check(
      batchSize <= most, "batch-size", batchSize,
      mustBe: most < 2
        ? "less, and there are too few images" : "from 2 to \(most), as there are no more images")
    let batches = examples / batchSize
    try ImpossibleValue.check(
      accumulation <= batches, "accumulation", accumulation,
      mustBe: "from 1 to \(batches), the batches of an epoch")
    let steps = epochs * stepsPerEpoch(batches: batches)
    try ImpossibleValue.check(
      warmupSteps <= steps, "warmup-steps", warmupSteps,
      mustBe: "from 0 to \(steps), the steps of the training")
  }
}

extension Setting<TrainingRecipe> {
  /// A number that only some recipes have.
  fileprivate init(
    _ name: String, _ path: WritableKeyPath<TrainingRecipe, Double?> & Sendable, _ kind: String,
    onlyWith place: String, help: String
  ) {
    self.init(
      name, kind: kind, help: help, onlyWith: place, text: { $0[keyPath: path]?.description },
      set: { recipe, text in
        guard let number = Double(text) else { return false }
        recipe[keyPath: path] = number
        return true
      })
  }
}
