import Networks
import TestSupport
import Tensors
import Testing

@Suite("Score")
struct ScoreTests {
  /// A row is correct if the label's logit is larger than every other; a tie is not, and NaN is
  /// not.
  @Test(
    "which rows count as correct",
    arguments: [
      ([1, 2, 3], 2, 1), ([1, 2, 3], 0, 0), ([3, 2, 1], 0, 1), ([2, 2, 1], 0, 0),
      ([2, 2, 1], 1, 0),
      ([0, 0, 0], 0, 0), ([-1, -3, -2], 0, 1), ([.infinity, 0, 1], 0, 1),
      ([.infinity, .infinity, 1], 0, 0), ([.nan, 0, 1], 2, 0), ([.nan, 0, 1], 0, 0),
      ([0, .nan, 1], 2, 0), ([.nan, .nan, .nan], 1, 0),
    ] as [([Float], Int32, Int)])
  func correctness(logits: [Float], label: Int32, correct: Int) {
    var score = Score()
    score.add(loss: 1, logits: Tensor(logits, [1, 3]), labels: [label])
    #expect(score.correct == correct)
    #expect(score.count == 1)
  }

  @Test("losses and rows of batches of unequal sizes add up by their sizes")
  func batches() {
    var score = Score()
    score.add(loss: 0.5, logits: Tensor([1, 0, 0, 1, 1, 0], [3, 2]), labels: [0, 0, 0])
    #expect(score.correct == 2 && score.count == 3)
    var other = Score()
    other.add(loss: 2.5, logits: Tensor([0, 1], [1, 2]), labels: [1])
    score.add(other)
    // Small sums of multiples of ½ are exact.
    #expect(score.correct == 3 && score.count == 4)
    #expect(score.totalLoss == 4 && score.loss == 1 && score.accuracy == 0.75)
  }

  @Test("no images have no score, and a loss that is no number stays one")
  func undefined() {
    var score = Score()
    #expect(score.loss.isNaN && score.accuracy.isNaN)
    score.add(loss: .nan, logits: Tensor([1, 0], [1, 2]), labels: [0])
    score.add(loss: 1, logits: Tensor([1, 0], [1, 2]), labels: [0])
    #expect(score.loss.isNaN && score.accuracy == 1)
  }
}
