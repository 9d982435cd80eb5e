import Statistics
import Traces

/// What a race says of its winner: beside the model's usual activation, and beside the best usual
/// function, by losses on examples that chose nothing.
public struct RaceVerdict: Codable, Sendable, Hashable {
  /// The winner's number among the functions that started.
  public let winner: Int
  /// The comparisons: one for each usual function that is not the winner itself.
  public let comparisons: [Comparison]

  /// The winner beside a usual function, paired by seed.
  public struct Comparison: Codable, Sendable, Hashable {
    /// The usual function's number.
    public let arm: Int
    /// Whether the model has it usually.
    public let isModelsOwn: Bool
    /// Seeds with which neither training diverged.
    public let pairs: Int
    /// Seeds with which the winner's training diverged, and the other's.
    public let winnerDiverged: Int, otherDiverged: Int
    /// The winner's mean loss minus the other's, in nats: negative is better; nil without a pair.
    public let difference: Double?
    /// The ends of the interval that covers the true difference with a probability of 95 %; nil
    /// where nothing is known about the spread.
    public let low: Double?, high: Double?
    /// The probability of such a difference by chance, two-sided; nil where nothing was tested.
    public let p: Double?
    /// The same after Holm's correction.
    public let adjustedP: Double?
    /// Mean accuracy of the winner minus that of the other, from −1 to 1; nil of other metrics.
    public let accuracyDifference: Double?
    /// What may be said.
    public let verdict: Verdict
    /// How many seeds would tell, if the difference and its spread are what they seem; nil if these
    /// do tell, or no number would.
    public let seedsThatWouldTell: Int?
  }

  /// Judges a race; nil if no function has finished a training.
  ///
  /// - Parameters:
  ///   - history: Of a race that has ended.
  ///   - usual: The number of the model's usual activation.
  public init?(_ history: RaceHistory, usual: Int?) {
    guard let winner = history.winner else { return nil }
    self.winner = winner
    let others = history.judged(usual: usual).filter { $0 != winner }
    let tests = others.map { other in
      let pairs = history.judgedPairs(winner, other, \.loss)
      return pairs.isEmpty ? nil : MeanComparison(paired: pairs)
    }
    // What was not tested counts as a p of 1.
    let probabilities = tests.map { $0?.p ?? 1 }
    let adjusted = HolmCorrection.adjusted(probabilities)
    let diverged = history.judgedDivergences(of: winner)
    comparisons = others.enumerated().map { index, other in
      let test = tests[index]
      let corrected = test?.p == nil ? nil : adjusted[index]
      let otherDiverged = history.judgedDivergences(of: other)
      let apparent = Verdict(
        difference: test?.difference ?? 0, isHigherBetter: false, adjustedProbability: corrected)
      // What diverges more often is not better, whatever its other trainings say.
      let isFalse = apparent == .better && diverged > otherDiverged
      let verdict = isFalse ? .notDistinguishable : apparent
      let accuracies =
        history.metric == "accuracy" ? history.judgedPairs(winner, other, \.value) : []
      // Holm's level for its place: so many comparisons have a p no smaller.
      let rank = probabilities.count { $0 >= probabilities[index] }
      return Comparison(
        arm: other, isModelsOwn: other == usual, pairs: test?.count ?? 0,
        winnerDiverged: diverged, otherDiverged: otherDiverged, difference: test?.difference,
        low: test?.interval?.lowerBound, high: test?.interval?.upperBound, p: test?.p,
        adjustedP: corrected,
        accuracyDifference: accuracies.isEmpty
          ? nil : MeanComparison(paired: accuracies).difference, verdict: verdict,
        seedsThatWouldTell: apparent == .notDistinguishable
          ? test?.countThatWouldTell(atLevel: Verdict.familywiseLevel / Double(rank)) : nil)
    }
  }
}

extension RaceHistory {
  /// How many of a function's trainings in the verdict diverged.
  fileprivate func judgedDivergences(of arm: Int) -> Int {
    trainings.count { $0.part == .judging && $0.arm == arm && $0.loss == nil }
  }

  /// What two functions came to in the verdict, seed by seed.
  fileprivate func judgedPairs(
    _ first: Int, _ second: Int, _ value: KeyPath<Training, Double?>
  ) -> [(first: Double, second: Double)] {
    let judging = trainings.filter { $0.part == .judging }
    return judging.filter { $0.arm == first }.compactMap { training in
      guard let left = training[keyPath: value],
        let other = judging.first(where: { $0.arm == second && $0.seed == training.seed }),
        let right = other[keyPath: value]
      else { return nil }
      return (left, right)
    }
  }
}
