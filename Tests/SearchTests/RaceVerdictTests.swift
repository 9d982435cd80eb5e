import Search
import Statistics
import Testing
import Traces

@Suite("What a race's verdict leaves out")
struct RaceVerdictTests {
  /// A race of four functions, of which the second and third are usual; losses by rung, then of the
  /// verdict by seed.
  private static func history(
    _ rungs: [[Double?]], verdict: [Int: [Double?]]
  ) -> RaceHistory {
    var history = RaceHistory(metric: "loss")
    let origins: [RaceHistory.Origin] = [.search, .usual, .usual, .space]
    for (number, origin) in origins.enumerated() {
      history.append(.init(number: number, function: "tanh(x) + \(number)", origin: origin))
    }
    for (rung, losses) in rungs.enumerated() {
      for (arm, loss) in losses.enumerated() {
        var training = RaceHistory.Training(
          rung: rung, arm: arm, seed: 0, images: 9, epochs: 1, part: .validation, digest: "")
        training.loss = loss
        history.append(training)
      }
    }
    for arm in verdict.keys.sorted() {
      for (seed, loss) in (verdict[arm] ?? []).enumerated() {
        var training = RaceHistory.Training(
          rung: rungs.count, arm: arm, seed: UInt64(seed), images: 9, epochs: 1, part: .judging,
          digest: "")
        training.loss = loss
        history.append(training)
      }
    }
    return history
  }

  @Test("a function that diverged in a later rung has no place, and cannot win")
  func lateDivergence() {
    let history = Self.history([[0.1, 0.3, 0.4, 0.2], [nil, 0.3, 0.4, 0.2]], verdict: [:])
    #expect(history.standing == [3, 1, 2] && history.winner == 3)
    #expect(history.goingOn(1) == [3])
    #expect(history.goingOn(2) == [3, 1] && history.goingOn(9) == [3, 1, 2])
  }

  @Test("a winner that diverges more often is not called better")
  func divergingWinner() throws {
    let history = Self.history(
      [[0.1, 0.3, 0.4, 0.2]],
      verdict: [
        0: [0.1, 0.11, nil, 0.1], 1: [0.9, 0.92, 0.91, 0.905], 2: [0.9, 0.93, nil, 0.91],
      ])
    let verdict = try #require(RaceVerdict(history, usual: 2))
    let own = try #require(verdict.comparisons.first { $0.arm == 2 })
    #expect(own.isModelsOwn && own.pairs == 3 && own.verdict == .better)
    let best = try #require(verdict.comparisons.first { $0.arm == 1 })
    #expect(best.winnerDiverged == 1 && best.otherDiverged == 0)
    #expect((best.adjustedP ?? 1) < 0.05 && best.verdict == .notDistinguishable)
  }

  @Test("a comparison that could not be tested still counts for the other's correction")
  func missing() throws {
    let history = Self.history(
      [[0.1, 0.3, 0.4, 0.2]],
      verdict: [0: [0.1, 0.12, 0.1], 1: [0.9, 0.8, 0.85], 2: [nil, nil, 0.9]])
    let verdict = try #require(RaceVerdict(history, usual: 2))
    let tested = try #require(verdict.comparisons.first { $0.arm == 1 })
    #expect(tested.adjustedP == tested.p.map { 2 * $0 })
    let other = try #require(verdict.comparisons.first { $0.arm == 2 })
    #expect(other.p == nil && other.adjustedP == nil && other.verdict == .notDistinguishable)
  }

  @Test(
    "the number of pairs that would tell is the least one",
    arguments: [[0.1, 0.3, -0.1, 0.2], [1, 1.1, 1.2], [0.01, -0.2, 0.3, 0.1, 0]])
  func count(differences: [Double]) throws {
    let comparison = MeanComparison(paired: differences.map { ($0, 0) })
    let count = try #require(comparison.countThatWouldTell(atLevel: 0.05))
    let sample = Sample(differences)
    let (mean, deviation) = (try #require(sample.mean), try #require(sample.standardDeviation))
    func p(_ count: Int) -> Double {
      StudentDistribution(degreesOfFreedom: Double(count - 1))
        .twoSidedProbability(mean / (deviation / Double(count).squareRoot()))
    }
    #expect(p(count) < 0.05 && (count == 2 || p(count - 1) >= 0.05))
  }
}
