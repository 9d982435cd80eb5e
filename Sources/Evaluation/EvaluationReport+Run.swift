import Files
import Networks
import Trials

extension EvaluationReport {
  /// What one training came to.
  public struct Run: Codable, Sendable, Hashable {
    /// What tables call the function.
    public internal(set) var function: String
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
    /// Accuracy on the test examples after the last epoch, from 0 to 1; nil if training diverged.
    @Nullable public var testAccuracy: Double?
    /// Mean loss of the test examples, in nats; nil if training diverged or it is not finite.
    @Nullable public var testLoss: Double?
    /// Accuracy on the training batches of the last epoch, from 0 to 1; nil if training diverged.
    @Nullable public var trainAccuracy: Double?
    /// Seconds of training and scoring.
    public let elapsedSeconds: Double
    /// Whether training ended with a loss that was not finite.
    public let diverged: Bool
    /// Accuracy on the test examples after each epoch, if that was asked for and compares
    /// trainings.
    public let testAccuracyByEpoch: [Double?]?
    /// Mean loss of the test examples after each epoch, if that was asked for and compares
    /// trainings.
    public let testLossByEpoch: [Double?]?

    /// Describes a training.
    ///
    /// - Parameters:
    ///   - name: What tables call the function.
    ///   - trial: The training.
    ///   - result: What it came to.
    init(_ name: String, _ trial: Trial, _ result: TrialResult) {
      function = name
      formula = trial.function.text
      network = trial.model
      dataset = trial.dataset
      seed = trial.seed
      epochs = trial.recipe.epochs
      elapsedSeconds = result.elapsedSeconds
      diverged = result.diverged
      testAccuracyByEpoch = result.metric == .accuracy ? result.valueByEpoch : nil
      testLossByEpoch = result.metric == .loss ? result.valueByEpoch : nil
      testAccuracy = result.accuracy
      testLoss = result.loss
      trainAccuracy = result.trainAccuracy
    }

    /// By what trainings are compared; nil if this one diverged.
    func value(of metric: Metric) -> Double? {
      switch metric {
      case .accuracy: testAccuracy
      case .loss: testLoss
      }
    }
  }
}
