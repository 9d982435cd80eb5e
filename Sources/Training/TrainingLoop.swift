import Activations
import Autodiff
import Datasets
import Foundation
import Networks
import Tensors

/// Training of a model with a given activation from beginning to end.
public struct TrainingLoop<M: Model> {
  /// The model and its optimizer.
  public package(set) var trainer: Trainer<M>
  /// How it is trained.
  public let recipe: TrainingRecipe

  /// Steps taken so far.
  public internal(set) var step = 0
  /// Whether the last step was not taken, since its loss or gradient was not finite.
  public internal(set) var hasDiverged = false
  /// The score of the epoch's batches so far.
  var score = Score()
  /// Runs while the training does.
  var clock = RunningClock()

  private let batches: any Batches<M.Input, M.Targets>
  private let seed: UInt64
  /// The activation, with its parameters as they are now.
  public package(set) var activation: any NetworkActivation

  /// Prepares a training with an activation that has no parameters.
  ///
  /// - Parameters:
  ///   - model: With its initial weights.
  ///   - recipe: How it is trained; its batch size is that of `batches`.
  ///   - batches: The training examples.
  ///   - seed: Where the random numbers of passes come from, such as those of dropout.
  ///   - device: The threads to compute on.
  ///   - activation: Makes the activation of a pass on its tape.
  public init(
    _ model: M, recipe: TrainingRecipe, batches: any Batches<M.Input, M.Targets>,
    seed: UInt64 = 0, device: Device,
    activation: @escaping (Tape) -> any Activation
  ) {
    self.init(
      model, recipe: recipe, batches: batches, seed: seed, device: device,
      activation: FixedActivation(activation))
  }

  /// Prepares a training.
  ///
  /// - Parameters:
  ///   - model: With its initial weights.
  ///   - recipe: How model and activation are trained; its batch size is that of `batches`.
  ///   - batches: The training examples.
  ///   - seed: Where the random numbers of passes come from, such as those of dropout.
  ///   - device: The threads to compute on.
  ///   - activation: With its initial parameters, which are trained with the weights.
  public init(
    _ model: M, recipe: TrainingRecipe, batches: any Batches<M.Input, M.Targets>,
    seed: UInt64 = 0, device: Device,
    activation: some NetworkActivation
  ) {
    trainer = Trainer(model: model, recipe: recipe, device: device)
    self.seed = seed
    self.recipe = recipe
    self.batches = batches
    self.activation = activation
  }

  /// Where a training stands.
  public struct Progress: Sendable {
    /// The epoch, from 0.
    public let epoch: Int
    /// Steps taken in all.
    public let step: Int
    /// Steps of the whole training.
    public let steps: Int
    /// The examples of a step.
    public let examplesPerStep: Int
    /// The score of this epoch's batches so far.
    public let score: Score
    /// Whether the epoch has just ended.
    public let isEpochEnd: Bool
  }

  /// Steps of the whole training.
  public var steps: Int { recipe.epochs * stepsPerEpoch }

  /// Seconds of training so far, those before an interruption included.
  public var elapsedSeconds: Double { clock.seconds }

  private var stepsPerEpoch: Int { recipe.stepsPerEpoch(batches: batches.batchesPerEpoch) }

  /// Trains from where it stands, which is the beginning at first, to the end, or until a loss is
  /// not finite.
  ///
  /// - Parameter report: Called after every step; what it throws ends the training, which another
  ///   call continues.
  /// - Returns: Whether all losses were finite.
  /// - Throws: What `report` throws.
  public mutating func run(report: (Progress) throws -> Void) rethrows -> Bool {
    try run { _, progress in try report(progress) }
  }

  /// Trains from where it stands to the end, or until a loss is not finite.
  ///
  /// - Parameter report: Is given the training, such as to take its checkpoint, after every step;
  ///   what it throws ends the training, which another call continues.
  /// - Returns: Whether all losses were finite.
  /// - Throws: What `report` throws.
  public mutating func run(report: (TrainingLoop, Progress) throws -> Void) rethrows -> Bool {
    let loader = BatchLoader(batches, startingAt: step * recipe.accumulation)
    clock.start()
    defer { clock.stop() }
    while step < steps, !hasDiverged {
      if step.isMultiple(of: stepsPerEpoch) { score = Score() }
      let (part, isFinite) = trainer.step(
        (0..<recipe.accumulation).map { _ in loader.next() },
        learningRate: recipe.learningRate(at: step, of: steps),
        randomness: Pass.Randomness(seed: seed, purpose: "training", number: step),
        activation: &activation)
      score.add(part)
      step += 1
      hasDiverged = !isFinite
      try report(
        self,
        Progress(
          epoch: (step - 1) / stepsPerEpoch, step: step, steps: steps,
          examplesPerStep: recipe.batchSize * recipe.accumulation, score: score,
          isEpochEnd: step.isMultiple(of: stepsPerEpoch)))
    }
    return !hasDiverged
  }

  /// Scores the model with its running statistics.
  public func score(on batches: any Batches<M.Input, M.Targets>) -> Score {
    trainer.score(on: batches) { activation.activation(on: $0) }
  }

  /// Writes the model's weights, and the activation's where it has some; `readWeights` of an
  /// `ActivatedNetwork` reads both.
  ///
  /// - Parameters:
  ///   - file: Where to, in the format safetensors; what stands there is replaced.
  ///   - facts: Facts for the file's metadata, such as the activation function.
  /// - Throws: `WeightFileError` if that is not possible.
  public func writeWeights(
    to file: URL, facts: [String: String] = [:]
  ) throws(WeightFileError) {
    func write(_ activation: some NetworkActivation) throws(WeightFileError) {
      try ActivatedNetwork(network: trainer.model, activation: activation)
        .writeWeights(to: file, facts: facts)
    }
    try write(activation)
  }
}
