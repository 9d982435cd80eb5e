extension TrainingRecipe: Codable {
  /// Keys of version 0.1.0, which knew gradient descent alone, and those that came later, which are
  /// left out where they say what was always so.
  private enum Key: String, CodingKey {
    case epochs, batchSize, accumulation, learningRate, schedule, momentum, weightDecay
    case gradientClip, warmupSteps, lowestRate, optimizer, betas, activationRate, decaysGains
  }

  /// Reads a recipe.
  ///
  /// - Throws: What the decoder throws, or that there is no such optimizer.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      epochs: try values.decode(Int.self, forKey: .epochs),
      batchSize: try values.decode(Int.self, forKey: .batchSize))
    accumulation = try values.decode(Int.self, forKey: .accumulation)
    learningRate = try values.decode(Double.self, forKey: .learningRate)
    schedule = try values.decode(LearningRateSchedule.self, forKey: .schedule)
    weightDecay = try values.decode(Double.self, forKey: .weightDecay)
    gradientClip = try values.decodeIfPresent(Double.self, forKey: .gradientClip)
    warmupSteps = try values.decodeIfPresent(Int.self, forKey: .warmupSteps) ?? 0
    lowestRate = try values.decodeIfPresent(Double.self, forKey: .lowestRate) ?? 0
    rules.activationRate = try values.decodeIfPresent(Double.self, forKey: .activationRate) ?? 1
    rules.decaysGains = try values.decodeIfPresent(Bool.self, forKey: .decaysGains) ?? true
    let name = try values.decodeIfPresent(String.self, forKey: .optimizer) ?? "sgd"
    guard let optimizer = OptimizerChoice(named: name) else {
      throw DecodingError.dataCorruptedError(
        forKey: .optimizer, in: values, debugDescription: "there is no optimizer '\(name)'")
    }
    self.optimizer = optimizer
    self.optimizer.momentum = try values.decodeIfPresent(Double.self, forKey: .momentum)
    if let betas = try values.decodeIfPresent([Double].self, forKey: .betas), betas.count == 2 {
      self.optimizer.betas?.mean = betas[0]
      self.optimizer.betas?.square = betas[1]
    }
  }

  /// Writes the recipe.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    let usual = TrainingRecipe(epochs: epochs, batchSize: batchSize)
    try values.encode(epochs, forKey: .epochs)
    try values.encode(batchSize, forKey: .batchSize)
    try values.encode(accumulation, forKey: .accumulation)
    try values.encode(learningRate, forKey: .learningRate)
    try values.encode(schedule, forKey: .schedule)
    try values.encode(weightDecay, forKey: .weightDecay)
    try values.encodeIfPresent(gradientClip, forKey: .gradientClip)
    try values.encodeIfPresent(optimizer.momentum, forKey: .momentum)
    if let betas = optimizer.betas {
      try values.encode(optimizer.name, forKey: .optimizer)
      try values.encode([betas.mean, betas.square], forKey: .betas)
    }
    if warmupSteps != usual.warmupSteps { try values.encode(warmupSteps, forKey: .warmupSteps) }
    if lowestRate != usual.lowestRate { try values.encode(lowestRate, forKey: .lowestRate) }
    if rules.activationRate != usual.rules.activationRate {
      try values.encode(rules.activationRate, forKey: .activationRate)
    }
    if rules.decaysGains != usual.rules.decaysGains {
      try values.encode(rules.decaysGains, forKey: .decaysGains)
    }
  }
}
