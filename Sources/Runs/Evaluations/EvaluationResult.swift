import Files

/// What one training came to.
public struct EvaluationResult: Codable, Sendable, Hashable {
  /// What tables call the function.
  public var function: String
  /// The function exactly, with its limits.
  public let formula: String
  /// The network's name.
  public let network: String
  /// The data set's name.
  public let dataset: String
  /// Where the random numbers came from.
  public let seed: UInt64
  /// The length of the training.
  public let epochs: Int
  /// Accuracy on the test images after the last epoch, from 0 to 1; nil if training diverged.
  @Nullable public var testAccuracy: Double?
  /// Mean cross-entropy of the test images, in nats; nil if training diverged or it is not finite.
  @Nullable public var testLoss: Double?
  /// Accuracy on the training batches of the last epoch, from 0 to 1; nil if training diverged.
  @Nullable public var trainAccuracy: Double?
  /// Seconds of training and scoring.
  public var elapsedSeconds: Double
  /// Whether training ended with a loss that was not finite.
  public var diverged: Bool
  /// Accuracy on the test images after each epoch, from 0 to 1, if that was asked for.
  public var testAccuracyByEpoch: [Double]?

  /// Begins with a training that has not come to anything.
  package init(_ job: EvaluationJob) {
    function = job.name
    formula = job.function.text
    network = job.network
    dataset = job.dataset
    seed = job.seed
    epochs = job.recipe.epochs
    elapsedSeconds = 0
    diverged = false
    testAccuracyByEpoch = job.testsEveryEpoch ? [] : nil
  }
}
