import Foundation
import Networks

/// Values of a metric and their differences in tables for a reader: accuracies in percent, and
/// losses as perplexities, whose differences are those of the losses.
extension Metric {
  /// The head of a column of values.
  package var head: String { "test \(unitOfValues)" }

  /// What values are, with their unit.
  package var unitOfValues: String { self == .accuracy ? "accuracy, %" : "perplexity" }

  /// In what differences are given.
  package var unitOfDifferences: String {
    self == .accuracy ? "percentage points" : "nats (− is better)"
  }

  /// A value as such a column has it.
  package func number(_ value: Double) -> String {
    String(format: "%.2f", self == .accuracy ? 100 * value : exp(value))
  }

  /// A mean, and its standard deviation if there is one; of perplexities to first order, eᵐ · s.
  package func number(_ mean: Double, deviation: Double?) -> String {
    let scale = self == .accuracy ? 100 : exp(mean)
    return number(mean) + (deviation.map { String(format: " ± %.2f", scale * $0) } ?? "")
  }

  /// A difference with its sign.
  package func signed(_ difference: Double) -> String {
    self == .accuracy
      ? String(format: "%+.2f", 100 * difference) : String(format: "%+.4f", difference)
  }
}
