import Datasets
import Files
import Foundation
import Reports
import Statistics
import Tensors
import Trials

/// What an evaluation would do: `--dry-run`.
public struct EvaluationAgenda: Encodable, Sendable {
  /// A training, and whether its result is there already.
  public struct Entry: Encodable, Sendable, Hashable {
    /// What tables call the function.
    public let function: String
    /// The network's name.
    public let network: String
    /// The data set's name.
    public let dataset: String
    /// Where the random numbers come from.
    public let seed: UInt64
    /// By what the recipe's learning rate is multiplied; nil where there is no choice of rates.
    public let learningRateMultiple: Double?
    /// Whether it decides on a learning rate, on a part of the training examples; nil where there
    /// is no choice.
    public let isDeciding: Bool?
    /// Whether it is done.
    public let isDone: Bool
  }

  /// All trainings, in their order.
  public let jobs: [Entry]
  /// What those that are not done take, one after another, in seconds: as long as those that are,
  /// or measured steps times their number.
  public let estimatedSeconds: Double
  /// How many more there may be at other learning rates, which the trainings listed choose; nil
  /// where there is no choice of rates.
  public let undecided: Int?

  /// Lists the trainings; measures a few steps on tables without any result.
  ///
  /// - Parameters:
  ///   - plan: The evaluation.
  ///   - standing: What is done.
  ///   - catalog: The models and data sets.
  ///   - locations: Where the data sets lie.
  ///   - device: What to measure with.
  /// - Throws: `DatasetError` if a data set cannot be read.
  public init(
    _ plan: EvaluationPlan, standing: EvaluationFolder.Standing, catalog: TrialCatalog,
    locations: DataLocations, device: Device
  ) throws {
    let isChoice = plan.multiples.isChoice
    let all = plan.trials + plan.decidingTrials + plan.chosenTrials(standing.results)
    jobs = all.map {
      Entry(
        function: plan.name(of: $0), network: $0.model, dataset: $0.dataset, seed: $0.seed,
        learningRateMultiple: isChoice ? plan.multiple(of: $0) : nil,
        isDeciding: isChoice ? $0.scored != .test : nil, isDone: standing.results[$0] != nil)
    }
    undecided = isChoice ? plan.undecidedCount(standing.results) : nil
    var seconds = 0.0
    for place in plan.places {
      let own = all.filter { $0.model == place.model && $0.dataset == place.dataset }
      let open = (undecided ?? 0) / plan.places.count
      let missing = own.filter { standing.results[$0] == nil }
      if missing.count + open == 0 { continue }
      let done = own.filter { $0.scored == .test }
        .compactMap { standing.results[$0]?.elapsedSeconds }
      let each =
        try Sample(done).mean
        ?? own[0].estimatedSeconds(
          on: catalog.datasets.load(place.dataset, from: locations), catalog: catalog,
          device: device)
      // A training that decides has fewer examples.
      let parts = missing.map { Double($0.trainCount) / Double(place.trainCount) }
      seconds += (parts.reduce(0, +) + Double(open)) * each
    }
    estimatedSeconds = seconds
  }

  /// The list as JSON, keys in snake case and sorted.
  ///
  /// - Throws: What the encoder throws.
  public func json() throws -> Data { try SortedJSON.data(self) }

  /// The list for a reader.
  public var text: String {
    var table = TextTable("network", "data", "seed", "state", "function")
    for job in jobs {
      table.add(
        job.network, job.dataset, "\(job.seed)", job.isDone ? "done" : "to do",
        job.function + job.rateText)
    }
    let waiting = jobs.count { !$0.isDone }
    let trainings = "\(jobs.count) training\(jobs.count == 1 ? "" : "s")"
    let more = undecided.map { $0 > 0 ? ", and up to \($0) at the rates chosen" : "" } ?? ""
    return table.text + "\n\(trainings), \(waiting) to do\(more): about "
      + "\(ProgressReport.clock(seconds: estimatedSeconds)) one after another\n"
  }
}

extension EvaluationAgenda.Entry {
  fileprivate var rateText: String {
    guard let learningRateMultiple else { return "" }
    return " × \(LearningRateMultiples.text(of: learningRateMultiple))"
      + (isDeciding == true ? ", to choose" : "")
  }
}
