import Foundation
import TestSupport
import Testing
import Training

@Suite("Learning-rate schedules")
struct LearningRateScheduleTests {
  @Test(
    "factors in the course of training",
    arguments: [
      (.constant, 0, 1), (.constant, 1, 1), (.multiStep, 0, 1), (.multiStep, 0.499, 1),
      (.multiStep, 0.5, 0.1), (.multiStep, 0.749, 0.1), (.multiStep, 0.75, 0.01),
      (.multiStep, 1, 0.01), (.cosine, 0, 1), (.cosine, 0.25, (2 + 2.0.squareRoot()) / 4),
      (.cosine, 1.0 / 3, 0.75), (.cosine, 0.5, 0.5), (.cosine, 2.0 / 3, 0.25), (.cosine, 1, 0),
      (.linear, 0, 1), (.linear, 0.25, 0.75), (.linear, 1, 0),
    ] as [(LearningRateSchedule, Double, Double)])
  func factor(schedule: LearningRateSchedule, progress: Double, expected: Double) {
    // A cosine, rounded.
    #expect(abs(schedule.factor(at: progress) - expected) <= 1e-15)
  }

  /// With 3 steps of warm-up: quarters, then the schedule over the 8 steps that follow, which
  /// starts at the whole rate.
  @Test("the rate rises along a line, then the schedule covers the steps that are left")
  func warmup() {
    for schedule in LearningRateSchedule.allCases {
      let factors = (0..<11).map { schedule.factor(at: $0, of: 11, warmup: 3) }
      #expect(Array(factors[..<3]) == [0.25, 0.5, 0.75])
      #expect(factors[3...] == (0..<8).map { schedule.factor(at: Double($0) / 8) }[...])
      let without = (0..<11).map { schedule.factor(at: $0, of: 11) }
      #expect(without == (0..<11).map { schedule.factor(at: Double($0) / 11) })
    }
    // A training that is all warm-up never gets to the schedule.
    #expect(
      (0..<2).map { LearningRateSchedule.cosine.factor(at: $0, of: 2, warmup: 3) } == [0.25, 0.5])
  }

  @Test("a falling schedule ends at the lowest rate, between which and 1 it is stretched")
  func lowest() {
    func factors(_ schedule: LearningRateSchedule) -> [Double] {
      [0, 2, 4, 6, 8].map { schedule.factor(at: $0, of: 8, lowest: 0.2) }
    }
    // ℓ + (1 − ℓ)(1 + cos πp) / 2 at p = 0, ¼, ½, ¾, 1.
    let root = 2.0.squareRoot()
    let expected = [1, 0.2 + 0.2 * (2 + root), 0.6, 0.2 + 0.2 * (2 - root), 0.2]
    #expect(mismatch(factors(.cosine), expected, absolute: 1e-15) == nil)
    #expect(mismatch(factors(.linear), [1, 0.8, 0.6, 0.4, 0.2], absolute: 1e-15) == nil)
    #expect(factors(.constant) == [1, 1, 1, 1, 1])
    // The rise to the whole rate knows nothing of the lowest.
    #expect(LearningRateSchedule.linear.factor(at: 0, of: 9, warmup: 1, lowest: 0.2) == 0.5)
    #expect(
      mismatch(
        [LearningRateSchedule.linear.factor(at: 5, of: 9, warmup: 1, lowest: 0.2)], [0.6],
        absolute: 1e-15) == nil)
  }

  @Test("a recipe hands on warm-up and lowest rate")
  func recipe() {
    var recipe = TrainingRecipe(epochs: 1, batchSize: 1)
    recipe.learningRate = 2
    recipe.schedule = .linear
    recipe.warmupSteps = 1
    recipe.lowestRate = 0.5
    // 1 + 4 steps: half the rate, the whole, then down by an eighth of 2 a step.
    #expect((0..<5).map { recipe.learningRate(at: $0, of: 5) } == [1, 2, 1.75, 1.5, 1.25])
  }

  @Test("schedules have the names that configurations use")
  func names() {
    #expect(
      LearningRateSchedule.allCases.map(\.rawValue)
        == ["constant", "multi-step", "cosine", "linear"])
  }
}
