import Autodiff
import Tensors

/// How well a network did on a number of rows: images, or tokens.
public struct Score: Sendable, Equatable {
  /// Sum of the losses; of cross-entropies in nats.
  public private(set) var totalLoss = 0.0
  /// The number of rows whose largest logit was that of their class.
  public private(set) var correct = 0
  /// The number of rows.
  public private(set) var count = 0

  /// Scores nothing yet.
  public init() {}

  /// Scores rows that were counted elsewhere, such as by a loss that is no cross-entropy.
  ///
  /// - Parameters:
  ///   - totalLoss: The sum of the losses.
  ///   - correct: The number of rows that count as correct.
  ///   - count: The number of rows.
  public init(totalLoss: Double, correct: Int, count: Int) {
    self.totalLoss = totalLoss
    self.correct = correct
    self.count = count
  }

  /// Adds the rows of a batch.
  ///
  /// - Parameters:
  ///   - loss: The batch's mean cross-entropy, in nats.
  ///   - logits: `[batch, classes]`.
  ///   - labels: One class for each row.
  public mutating func add(loss: Float, logits: Tensor<Float>, labels: [Int32]) {
    totalLoss += Double(loss) * Double(labels.count)
    count += labels.count
    correct += logits.countOfRows(largestAt: labels)
  }

  /// Adds what another score has counted.
  public mutating func add(_ other: Score) {
    totalLoss += other.totalLoss
    correct += other.correct
    count += other.count
  }

  /// The mean loss of a row; NaN if there are none.
  public var loss: Double { totalLoss / Double(count) }

  /// The part of the rows classified correctly, from 0 to 1; NaN if there are none.
  public var accuracy: Double { Double(correct) / Double(count) }
}
