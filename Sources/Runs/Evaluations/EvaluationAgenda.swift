import Activations
import Datasets
import Files
import Foundation
import Networks
import Reports
import Statistics
import Tensors
import Training

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
    /// Whether it is done.
    public let isDone: Bool
  }

  /// All trainings, in their order.
  public let jobs: [Entry]
  /// What those that are not done take, one after another, in seconds: as long as those that are, or
  /// measured steps times their number.
  public let estimatedSeconds: Double

  /// Lists the trainings; measures a few steps on tables without any result.
  ///
  /// - Parameters:
  ///   - plan: The evaluation.
  ///   - standing: What is done.
  ///   - locations: Where the data sets lie.
  ///   - device: The threads to measure with.
  /// - Throws: `DatasetError` if a data set cannot be read.
  public init(
    _ plan: EvaluationPlan, standing: EvaluationFolder.Standing, locations: DataLocations,
    device: Device
  ) throws {
    let all = plan.jobs
    jobs = all.map {
      Entry(
        function: $0.name, network: $0.network, dataset: $0.dataset, seed: $0.seed,
        isDone: standing.results[$0] != nil)
    }
    var seconds = 0.0
    for table in plan.tables {
      let own = all.filter { $0.network == table.network && $0.dataset == table.dataset }
      let done = own.compactMap { standing.results[$0]?.elapsedSeconds }
      if done.count == own.count { continue }
      let each =
        try Sample(done).mean
        ?? own[0].estimatedSeconds(
          on: DatasetCatalog.load(table.dataset, from: locations), device: device)
      seconds += Double(own.count - done.count) * each
    }
    estimatedSeconds = seconds
  }

  /// The list as JSON, keys in snake case and sorted.
  ///
  /// - Throws: What the encoder throws.
  public func json() throws -> Data { try SnakeCaseJSON.data(self) }

  /// The list for a reader.
  public var text: String {
    var table = TextTable("network", "data", "seed", "state", "function")
    for job in jobs {
      table.add(
        job.network, job.dataset, "\(job.seed)", job.isDone ? "done" : "to do", job.function)
    }
    let waiting = jobs.count { !$0.isDone }
    return table.text + "\n\(jobs.count) trainings, \(waiting) to do: about "
      + "\(ProgressReport.clock(seconds: estimatedSeconds)) one after another\n"
  }
}

extension EvaluationJob {
  /// How long the job takes with ReLU, in seconds: the median of three measured steps, after one to warm
  /// up, times their number, and scoring.
  fileprivate func estimatedSeconds(on dataset: any Dataset, device: Device) throws -> Double {
    guard let entry = ModelCatalog.builtIn.entry(named: network) else { return .nan }
    return try estimatedSeconds(
      entry.make(for: dataset.shape, seed: seed), on: dataset, device: device)
  }

  private func estimatedSeconds(
    _ model: some Model, on dataset: any Dataset, device: Device
  ) throws -> Double {
    let examples = try model.examples(of: dataset)
    let batches = try examples.batches(
      of: 0..<trainImages, size: recipe.batchSize, seed: seed, purpose: "training")
    let test = try examples.scoring(.test)
    var trainer = Trainer(model: model, recipe: recipe, device: device)
    var (training, scoring): ([Double], [Double]) = ([], [])
    for number in 0..<4 {
      let batch = batches.batch(at: number)
      training.append(
        ContinuousClock().measure {
          _ = trainer.step([batch], learningRate: recipe.learningRate) { _ in Rectifier() }
        } / .seconds(1))
      scoring.append(
        ContinuousClock().measure {
          _ = trainer.score(on: test, first: 1) { _ in Rectifier() }
        } / .seconds(1))
    }
    func median(_ times: [Double]) -> Double { times.dropFirst().sorted()[1] }
    let steps = recipe.epochs * recipe.stepsPerEpoch(batches: batches.batchesPerEpoch)
    let scorings = testsEveryEpoch ? recipe.epochs : 1
    return Double(steps) * median(training)
      + Double(scorings * test.batchesPerEpoch) * median(scoring)
  }
}
