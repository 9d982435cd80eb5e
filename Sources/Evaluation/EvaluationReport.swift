import Files
import Foundation
import Networks
import Statistics
import Trials

/// What an evaluation came to, as `evaluation.json` holds it.
public struct EvaluationReport: Codable, Sendable, Hashable {
  /// Every finished training.
  public let runs: [Run]
  /// A row for each function of each table; in a table the best mean first.
  public let summary: [Row]
  /// Every function at the learning rate that suits it best; nil where that was not asked for.
  public let learningRates: Rates?
  /// Whether every training that was asked for has been done.
  public let isComplete: Bool

  /// What is said of one function, on one network and data set.
  public struct Row: Codable, Sendable, Hashable {
    /// What tables call the function.
    public internal(set) var function: String
    /// The network's name.
    public let network: String
    /// The data set's name.
    public let dataset: String
    /// By what trainings are compared; nil for the accuracy.
    public let metric: Metric?
    /// The number of trainings, those that diverged included.
    public let seeds: Int
    /// How many of them diverged.
    public let diverged: Int
    /// The mean of the others on the test examples: of accuracies, from 0 to 1, or of losses.
    @Nullable public var mean: Double?
    /// Their standard deviation, with n − 1 in the denominator.
    @Nullable public var standardDeviation: Double?
    /// Their median.
    @Nullable public var median: Double?
    /// The differences to the baselines; empty of a baseline that was not asked for by itself, and
    /// where trainings of the table are missing.
    public internal(set) var comparisons: [Comparison]
  }

  /// A function beside a baseline.
  public struct Comparison: Codable, Sendable, Hashable {
    /// What tables call the baseline.
    public internal(set) var baseline: String
    /// The number of pairs of seeds; where they are not paired, of seeds in the smaller sample.
    public let seeds: Int
    /// Whether seeds were compared pair by pair.
    public let paired: Bool
    /// The function's mean minus the baseline's, over those seeds; nil where there are none.
    @Nullable public var difference: Double?
    /// The ends of the 95 % interval of this difference; nil where nothing can be tested.
    @Nullable public var interval: [Double]?
    /// The two-sided probability of such a difference by chance.
    @Nullable public var p: Double?
    /// The same after Holm's correction over all comparisons of the table.
    @Nullable public var pAdjusted: Double?
    /// What may be said.
    public let verdict: Verdict
    /// How soon the function's mean was as good as the baseline's at its end; nil where trainings
    /// were not scored after every epoch, or all of one function diverged.
    public let epochsToLevel: EpochsToLevel?
  }

  /// Sums up.
  ///
  /// - Parameters:
  ///   - plan: What was to be done.
  ///   - results: What was done.
  ///   - lacksData: Whether data that were asked for were not there.
  package init(
    _ plan: EvaluationPlan, results: [Trial: TrialResult], lacksData: Bool = false
  ) {
    let trials = plan.trials
    runs = trials.compactMap { trial in
      results[trial].map { Run(plan.name(of: trial), trial, $0) }
    }
    summary = plan.places.flatMap { place in
      EvaluationTable(plan, at: place, results: results).rows
    }
    let rates = plan.multiples.isChoice ? Rates(plan, results: results) : nil
    learningRates = rates
    isComplete =
      runs.count == trials.count && !lacksData
      && (rates == nil || rates?.runs.count == trials.count)
  }

  /// The report, and behind it the tables of an earlier one about other networks and data sets, as
  /// they were.
  ///
  /// - Parameter earlier: What another command left in the same folder.
  /// - Returns: All tables, complete where this report is.
  package func keepingTables(of earlier: EvaluationReport) -> EvaluationReport {
    // Network and data set of every table; one that was planned has rows before its first training.
    let own = Set(summary.map { [$0.network, $0.dataset] })
    let runs = earlier.runs.filter { !own.contains([$0.network, $0.dataset]) }
    let summary = earlier.summary.filter { !own.contains([$0.network, $0.dataset]) }
    guard !summary.isEmpty else { return self }
    let rates = earlier.learningRates.map { $0.outside(own) }
      .flatMap { $0.summary.isEmpty ? nil : $0 }
    return EvaluationReport(
      runs: self.runs + runs, summary: self.summary + summary,
      learningRates: rates.map { learningRates?.followed(by: $0) ?? $0 } ?? learningRates,
      isComplete: isComplete)
  }

  init(runs: [Run], summary: [Row], learningRates: Rates? = nil, isComplete: Bool) {
    self.learningRates = learningRates
    self.runs = runs
    self.summary = summary
    self.isComplete = isComplete
  }

  /// Reads what `json` wrote, now or in version 0.1.0, which had no checksums.
  ///
  /// - Throws: An error if it was changed since, and what the decoder throws.
  public init(json: Data) throws {
    var hasChecksum = false
    try self.init(json: json, hasChecksum: &hasChecksum)
  }

  /// Reads it likewise, and says whether it carries a checksum.
  init(json: Data, hasChecksum: inout Bool) throws {
    hasChecksum = try ChecksummedJSON.check(json)
    self = try SortedJSON.value(Self.self, from: json)
  }

  /// The report as JSON: keys in snake case and sorted, null where something is not defined, with a
  /// checksum.
  ///
  /// - Throws: What the encoder throws.
  public func json() throws -> Data { try ChecksummedJSON.data(self) }

  /// The functions of which a training diverged.
  public var diverged: [String] {
    var names: [String] = []
    let all = runs + (learningRates?.runs ?? [])
    for run in all where run.diverged && !names.contains(run.function) {
      names.append(run.function)
    }
    return names
  }
}
