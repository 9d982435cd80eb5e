import Foundation
import Networks
import Testing

@Suite("Learning-rate schedules")
struct LearningRateScheduleTests {
  @Test(
    "factors in the course of training",
    arguments: [
      (.constant, 0, 1), (.constant, 1, 1), (.multiStep, 0, 1), (.multiStep, 0.499, 1),
      (.multiStep, 0.5, 0.1), (.multiStep, 0.749, 0.1), (.multiStep, 0.75, 0.01),
      (.multiStep, 1, 0.01), (.cosine, 0, 1), (.cosine, 0.25, (2 + 2.0.squareRoot()) / 4),
      (.cosine, 1.0 / 3, 0.75), (.cosine, 0.5, 0.5), (.cosine, 2.0 / 3, 0.25), (.cosine, 1, 0),
    ] as [(LearningRateSchedule, Double, Double)])
  func factor(schedule: LearningRateSchedule, progress: Double, expected: Double) {
    // A cosine, rounded.
    #expect(abs(schedule.factor(at: progress) - expected) <= 1e-15)
  }

  @Test("schedules have the names that configurations use")
  func names() {
    #expect(
      LearningRateSchedule.allCases.map(\.rawValue) == ["constant", "multi-step", "cosine"])
  }
}
