import Foundation
import Statistics
import Testing

@Suite("Learning curves")
struct LearningCurveTests {
  private let curves = LearningCurves([[2, 1, 0.5, 0.75], [4, 2, 1.5, 1.25]])

  @Test("means, and the least and the greatest of the trainings, epoch by epoch")
  func means() {
    #expect(curves.epochs == 4 && curves.means == [3, 1.5, 1, 1])
    #expect(curves.ranges == [2...4, 1...2, 0.5...1.5, 0.75...1.25])
    let gap = LearningCurves([[2, nil], [4, 1]])
    #expect(gap.means == [3, nil] && gap.ranges == [2...4, nil])
    #expect(LearningCurves([]).epochs == 0 && LearningCurves([]).means.isEmpty)
  }

  @Test(
    "the first epoch whose mean is as good as a level, in either direction",
    arguments: [
      (3.0, false, 1), (2.9, false, 2), (1.5, false, 2), (1, false, 3), (0.9, false, nil),
      (0.5, true, 1), (3, true, 1), (3.1, true, nil),
    ])
  func level(level: Double, isHigherBetter: Bool, epochs: Int?) {
    let reach = curves.epochs(to: level, isHigherBetter: isHigherBetter)
    #expect(reach == EpochsToLevel(level: level, epochs: epochs, count: 4))
    #expect(reach.text == (epochs.map { "\($0) of 4" } ?? "never in 4"))
    #expect(reach.phrase == (epochs.map { "after \($0) of 4 epochs" } ?? "never in 4 epochs"))
  }

  @Test("a level that was not reached is null in JSON, and read back")
  func json() throws {
    for epochs in [nil, 3] {
      let reach = EpochsToLevel(level: 0.25, epochs: epochs, count: 5)
      let data = try JSONEncoder().encode(reach)
      let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(object.keys.sorted() == ["count", "epochs", "level"])
      #expect((object["epochs"] is NSNull) == (epochs == nil))
      #expect(try JSONDecoder().decode(EpochsToLevel.self, from: data) == reach)
    }
  }
}
