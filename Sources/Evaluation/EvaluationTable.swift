import Networks
import Statistics
import Trials

/// The results of all functions on one network and data set, and the comparisons between them: one
/// family, over which Holm's correction is done.
struct EvaluationTable {
  /// A row for each function, the best mean first.
  let rows: [EvaluationReport.Row]

  /// The trainings of a function in the order of the seeds; nil for a missing one.
  private typealias Trainings = [TrialResult?]

  /// What a function and a baseline came to, in the order of the seeds; nil where one diverged.
  struct Pair {
    /// What tables call the baseline.
    let baseline: String
    /// The function's values.
    let own: [Double?]
    /// The baseline's.
    let other: [Double?]
    /// How soon the function was as good as the baseline at its end; nil where nobody knows.
    var epochsToLevel: EpochsToLevel?
  }

  /// A comparison before correction.
  private struct Draft {
    let baseline: String
    let comparison: MeanComparison?
    let favors: Bool
    let opposes: Bool
    let epochsToLevel: EpochsToLevel?
  }

  init(_ plan: EvaluationPlan, at place: TrialPlace, results: [Trial: TrialResult]) {
    self.init(
      plan.contenders, at: place,
      trainings: plan.contenders.map { contender in
        plan.seeds.map { results[plan.trial(of: contender, at: place, seed: $0)] }
      })
  }

  /// Compares functions.
  ///
  /// - Parameters:
  ///   - contenders: Each function once.
  ///   - place: Network and data.
  ///   - trainings: For each function its trainings in the order of the seeds; nil for a missing
  ///     one.
  init(_ contenders: [Contender], at place: TrialPlace, trainings: [[TrialResult?]]) {
    let isComplete = trainings.allSatisfy { $0.allSatisfy { $0 != nil } }
    let metric = trainings.joined().compactMap { $0?.metric }.first ?? .accuracy
    let values = trainings.map { $0.map { $0?.value } }
    let comparisons = Self.comparisons(
      contenders.indices.map { index in
        isComplete && contenders[index].isGiven
          ? contenders.indices.filter { $0 != index && contenders[$0].isBaseline }.map {
            Pair(
              baseline: contenders[$0].name, own: values[index], other: values[$0],
              epochsToLevel: Self.epochs(of: trainings[index], beside: trainings[$0], metric))
          } : []
      }, metric: metric)
    let rows = contenders.indices.map { index in
      Self.row(
        contenders[index].name, at: place, metric: metric, trainings: trainings[index],
        comparisons: comparisons[index])
    }
    // Stable: functions of equal means stay in the order in which they were given.
    self.rows = rows.enumerated().sorted {
      (metric.badness($0.element.mean), $0.offset) < (metric.badness($1.element.mean), $1.offset)
    }.map(\.element)
  }

  /// Compares functions with baselines: one family, over which Holm's correction is done.
  ///
  /// - Parameters:
  ///   - pairs: For each function its baselines.
  ///   - metric: By what they are compared.
  /// - Returns: A comparison for each pair.
  static func comparisons(_ pairs: [[Pair]], metric: Metric) -> [[EvaluationReport.Comparison]] {
    let drafts = pairs.map { $0.map(draft) }
    var corrected = HolmCorrection.adjusted(
      drafts.flatMap { $0 }.compactMap(\.comparison?.p))[...]
    return drafts.map { drafts in
      drafts.map { draft in
        comparison(
          draft, metric: metric,
          adjusted: draft.comparison?.p == nil ? nil : corrected.popFirst())
      }
    }
  }

  /// Pairs the seeds with which neither diverged; where there are fewer than two such pairs but
  /// more seeds on both sides, compares them without pairs.
  private static func draft(_ pair: Pair) -> Draft {
    let (own, other) = (pair.own, pair.other)
    let pairs = zip(own, other).compactMap { own, other -> (first: Double, second: Double)? in
      guard let own, let other else { return nil }
      return (own, other)
    }
    let samples = [own, other].map { Sample($0.compactMap { $0 }) }
    let smaller = samples.map(\.values.count).min() ?? 0
    var comparison: MeanComparison?
    if pairs.count > 1 || (pairs.count == 1 && smaller == 1) {
      comparison = MeanComparison(paired: pairs)
    } else if smaller > 0 {
      comparison = MeanComparison(independent: samples[0], samples[1])
    }
    // Values of the seeds that were left over say nothing for a function that fails with others.
    let (ownFailures, otherFailures) = (
      own.count - samples[0].values.count, other.count - samples[1].values.count
    )
    return Draft(
      baseline: pair.baseline, comparison: comparison, favors: ownFailures <= otherFailures,
      opposes: otherFailures <= ownFailures, epochsToLevel: pair.epochsToLevel)
  }

  /// How soon a function's mean was as good as a baseline's at its end, over the trainings that did
  /// not diverge.
  private static func epochs(
    of own: Trainings, beside other: Trainings, _ metric: Metric
  ) -> EpochsToLevel? {
    let curves = [own, other].map { trainings -> LearningCurves? in
      let ended = trainings.compactMap { $0 }.filter { !$0.diverged }
      let values = ended.compactMap(\.valueByEpoch)
      // Files that somebody has changed may have any number of epochs.
      guard values.count == ended.count, Set(values.map(\.count)).count == 1 else { return nil }
      return LearningCurves(values)
    }
    guard let first = curves[0], let level = curves[1]?.means.last ?? nil else { return nil }
    return first.epochs(to: level, isHigherBetter: metric.isHigherBetter)
  }

  private static func comparison(
    _ draft: Draft, metric: Metric, adjusted: Double?
  ) -> EvaluationReport.Comparison {
    let comparison = draft.comparison
    var verdict = Verdict(
      difference: comparison?.difference ?? 0, isHigherBetter: metric.isHigherBetter,
      adjustedProbability: adjusted)
    if verdict == .better && !draft.favors || verdict == .worse && !draft.opposes {
      verdict = .notDistinguishable
    }
    return EvaluationReport.Comparison(
      baseline: draft.baseline, seeds: comparison?.count ?? 0,
      paired: comparison?.isPaired ?? true, difference: comparison?.difference,
      interval: comparison?.interval.map { [$0.lowerBound, $0.upperBound] }, p: comparison?.p,
      pAdjusted: adjusted, verdict: verdict, epochsToLevel: draft.epochsToLevel)
  }

  private static func row(
    _ name: String, at place: TrialPlace, metric: Metric, trainings: Trainings,
    comparisons: [EvaluationReport.Comparison]
  ) -> EvaluationReport.Row {
    let done = trainings.compactMap { $0 }
    let sample = Sample(done.compactMap(\.value))
    return EvaluationReport.Row(
      function: name, network: place.model, dataset: place.dataset,
      metric: metric == .accuracy ? nil : metric, seeds: done.count,
      diverged: done.count { $0.diverged }, mean: sample.mean,
      standardDeviation: sample.standardDeviation, median: sample.median, comparisons: comparisons)
  }
}

extension Metric {
  /// A number that is smaller for better values, and the largest for none.
  func badness(_ value: Double?) -> Double {
    value.map { isHigherBetter ? -$0 : $0 } ?? .infinity
  }
}
