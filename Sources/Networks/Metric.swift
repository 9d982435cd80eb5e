import Foundation

/// By what trainings are compared.
public enum Metric: String, Codable, Sendable, Hashable, CaseIterable {
  /// The part of the rows whose largest number is that of their class; higher is better.
  case accuracy
  /// The mean loss of the rows; lower is better. Its display is perplexity.
  case loss

  /// Whether a higher value is better.
  public var isHigherBetter: Bool { self == .accuracy }

  /// The value of a score: a part of one, or nats.
  public func value(of score: Score) -> Double {
    switch self {
    case .accuracy: score.accuracy
    case .loss: score.loss
    }
  }

  /// A value for a reader: percent, or the perplexity of a loss; a dash where it is not finite.
  public func text(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    return switch self {
    case .accuracy: String(format: "%.2f %%", 100 * value)
    case .loss: String(format: "%.2f", exp(value))
    }
  }

  /// What `text` shows, as a column's head has it.
  public var title: String {
    switch self {
    case .accuracy: "accuracy"
    case .loss: "perplexity"
    }
  }
}
