import Files
import Networks

/// What a trial came to.
public struct TrialResult: Codable, Sendable, Hashable {
  /// By what the model's trainings are compared.
  public var metric: Metric
  /// Accuracy on the scored examples after the last epoch, from 0 to 1; nil if training diverged.
  @Nullable public var accuracy: Double?
  /// Mean loss of the scored examples' rows; nil if training diverged or it is not finite.
  @Nullable public var loss: Double?
  /// Accuracy on the training batches of the last epoch, from 0 to 1; nil if training diverged.
  @Nullable public var trainAccuracy: Double?
  /// What `metric` says after each epoch, if that was asked for; nil where it is not finite.
  public var valueByEpoch: [Double?]?
  /// The mean loss after each epoch, if that was asked for; nil where it is not finite, and in
  /// results of earlier versions.
  public var lossByEpoch: [Double?]?
  /// Seconds of training and scoring.
  public var elapsedSeconds: Double
  /// Whether training ended with a loss or a gradient that was not finite.
  public var diverged: Bool

  /// Begins with a training that has not come to anything.
  public init(metric: Metric = .accuracy) {
    self.metric = metric
    elapsedSeconds = 0
    diverged = false
  }

  /// What `metric` says; nil if training diverged or it is not finite.
  public var value: Double? {
    switch metric {
    case .accuracy: accuracy
    case .loss: loss
    }
  }

  /// Whether a training can have come to these numbers.
  var isPossible: Bool {
    let accuracies =
      [accuracy, trainAccuracy].compactMap(\.self)
      + (metric == .accuracy ? valueByEpoch ?? [] : []).compactMap(\.self)
    return accuracies.allSatisfy((0...1).contains) && loss?.isFinite != false
      && ElapsedSeconds.range.contains(elapsedSeconds)
  }

  /// The value for a reader; `diverged` if there is none.
  public var text: String { value.map { metric.text($0) } ?? "diverged" }
}
