import Activations
import Autodiff
import Datasets
import Networks
import Tensors

/// Training of a network with a given activation function from beginning to end.
public struct Training<Network: ImageClassifier> {
  /// The network and its optimizer.
  public private(set) var trainer: Trainer<Network>
  /// How it is trained.
  public let recipe: TrainingRecipe

  private let batches: BatchSequence
  private let activation: (Tape) -> any Activation

  /// Prepares a training.
  ///
  /// - Parameters:
  ///   - network: With its initial weights.
  ///   - recipe: How it is trained; its batch size is that of `batches`.
  ///   - batches: The training images.
  ///   - team: The threads to compute on.
  ///   - activation: Makes the activation of a pass on its tape.
  public init(
    _ network: Network, recipe: TrainingRecipe, batches: BatchSequence, team: ThreadTeam,
    activation: @escaping (Tape) -> any Activation
  ) {
    trainer = Trainer(network: network, optimizer: recipe.optimizer, team: team)
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
    /// The images of a step.
    public let imagesPerStep: Int
    /// The score of this epoch's batches so far.
    public let score: Score
    /// Whether the epoch has just ended.
    public let isEpochEnd: Bool
  }

  /// Trains to the end, or until a loss is not finite.
  ///
  /// - Parameter report: Is told after every step; what it throws ends the training.
  /// - Returns: Whether all losses were finite.
  /// - Throws: What `report` throws.
  public mutating func run(report: (Progress) throws -> Void) rethrows -> Bool {
    let loader = BatchLoader(batches)
    let stepsPerEpoch = recipe.stepsPerEpoch(batches: batches.batchesPerEpoch)
    let steps = recipe.epochs * stepsPerEpoch
    var score = Score()
    for step in 0..<steps {
      if step.isMultiple(of: stepsPerEpoch) { score = Score() }
      let (part, isFinite) = trainer.step(
        (0..<recipe.accumulation).map { _ in loader.next() },
        learningRate: recipe.learningRate(at: step, of: steps), activation: activation)
      score.add(part)
      try report(
        Progress(
          epoch: step / stepsPerEpoch, step: step + 1, steps: steps,
          imagesPerStep: recipe.batchSize * recipe.accumulation, score: score,
          isEpochEnd: (step + 1).isMultiple(of: stepsPerEpoch)))
      if !isFinite { return false }
    }
    return true
  }

  /// Scores the network with its running statistics.
  public func score(on batches: BatchSequence) -> Score {
    trainer.score(on: batches, activation: activation)
  }
}
