import Datasets
import Training
import Foundation
import Networks
import Reports
import Search
import Tensors

/// What a search would do, found out without doing it: `--dry-run`.
public struct SearchPlan: Encodable, Sendable {
  /// The operations dropped at the beginning of an epoch.
  public struct Drop: Encodable, Sendable, Hashable {
    /// The epoch, from 0.
    public let epoch: Int
    /// How many operations are dropped.
    public let drops: Int
    /// How many are alive afterwards, in all slots.
    public let remaining: Int
  }

  /// Every setting by its name, as text.
  public let configuration: [String: String]
  /// The epochs that drop something. What is left after the last epoch is dropped then.
  public let dropSchedule: [Drop]
  /// Trainable scalars of the network.
  public let parameters: Int
  /// Architecture weights, over all slots.
  public let architectureWeights: Int
  /// Functions that the search ends with.
  public let functions: Int
  /// Steps of the search.
  public let steps: Int
  /// What the search takes, in seconds: measured steps times their number, scoring included.
  public let estimatedSeconds: Double
  /// What the training with ReLU for comparison takes, in seconds.
  public let estimatedReluSeconds: Double
  /// The peak memory of this process while it measured, in bytes.
  public let peakMemoryBytes: Int

  private let text: String

  private enum CodingKeys: String, CodingKey {
    case configuration, dropSchedule, parameters, architectureWeights, functions, steps
    case estimatedSeconds, estimatedReluSeconds, peakMemoryBytes
  }

  /// Plans a search, and measures a few of its steps.
  ///
  /// - Parameters:
  ///   - configuration: What to do.
  ///   - model: With its initial weights.
  ///   - data: The two parts of the training set.
  ///   - device: The threads to compute on.
  public init<M: Model>(
    _ configuration: RunConfiguration, model: M, data: SearchData<M.Input, M.Targets>,
    device: Device
  ) {
    let search = BilevelSearch(configuration.search, model: model, data: data, device: device)
    var remaining = search.architecture.operationsAlive
    var schedule: [Drop] = []
    for (epoch, drops) in search.schedule.drops.enumerated() where drops > 0 {
      remaining -= drops
      schedule.append(Drop(epoch: epoch, drops: drops, remaining: remaining))
    }
    let recipe = configuration.search.recipe
    let steps = recipe.epochs * search.stepsPerEpoch
    let measured = MeasuredSteps(configuration.search, model: model, data: data, device: device)
    let scoring = Double(recipe.epochs * data.scoring.batchesPerEpoch) * measured.scoring

    self.configuration = Dictionary(
      uniqueKeysWithValues: Setting.all.map { ($0.name, $0.text(configuration)) })
    text = ConfigurationFile.text(configuration)
    dropSchedule = schedule
    parameters = model.parameterCount
    architectureWeights = search.architecture.operationsAlive
    functions = search.architecture.cells.count
    self.steps = steps
    estimatedSeconds = Double(steps) * (measured.architecture + measured.weights) + scoring
    estimatedReluSeconds = Double(steps) * measured.rectifier
    peakMemoryBytes = ProcessMemory.peak
  }

  /// The plan as JSON, keys in snake case and sorted.
  ///
  /// - Throws: What the encoder throws.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// The plan for a reader: the configuration, the schedule, the estimates.
  public var description: String {
    var table = TextTable("epoch", "drops", "operations left")
    for drop in dropSchedule {
      table.add(String(drop.epoch), String(drop.drops), String(drop.remaining))
    }
    let drops =
      dropSchedule.isEmpty
      ? "nothing is dropped before the end of the last epoch\n" : table.text
    return """
      \(text)
      \(drops)
      \(parameters) parameters; \(architectureWeights) architecture weights for \(functions) \
      function\(functions == 1 ? "" : "s"); \(steps) steps
      about \(ProgressReport.clock(seconds: estimatedSeconds)) for the search and \
      \(ProgressReport.clock(seconds: estimatedReluSeconds)) for ReLU, \
      \(peakMemoryBytes / 1_000_000) MB of memory (measured steps, all operations alive)

      """
  }
}

/// The times of the parts of a search, in seconds: medians of three, after one to warm up.
private struct MeasuredSteps {
  let architecture: Double
  let weights: Double
  let rectifier: Double
  /// Of one batch of the validation part.
  let scoring: Double

  init<M: Model>(
    _ configuration: SearchConfiguration, model: M, data: SearchData<M.Input, M.Targets>,
    device: Device
  ) {
    var optimizer = BilevelOptimizer(configuration, model: model, device: device)
    let rate = configuration.recipe.learningRate
    var times: (architecture: [Double], weights: [Double], rectifier: [Double], scoring: [Double])
    times = ([], [], [], [])
    func seconds(_ body: () -> Void) -> Double { ContinuousClock().measure(body) / .seconds(1) }
    for number in 0..<4 {
      let numbers = (0..<configuration.recipe.accumulation).map {
        number * configuration.recipe.accumulation + $0
      }
      let training = numbers.map { data.training.batch(at: $0) }
      let validation = numbers.map { data.validation.batch(at: $0) }
      times.architecture.append(
        seconds {
          _ = optimizer.architectureStep(
            validation, number: number,
            lookAhead: configuration.method.looksAhead ? (training, rate) : nil)
        })
      times.weights.append(
        seconds { _ = optimizer.weightStep(training, number: number, learningRate: rate) })
      times.rectifier.append(
        seconds {
          _ = optimizer.weightStep(
            training, number: number, learningRate: rate, isWarmStart: true)
        })
      times.scoring.append(
        seconds { _ = optimizer.score(on: data.scoring, first: 1, isWarmStart: false) })
    }
    func median(_ times: [Double]) -> Double { times.dropFirst().sorted()[1] }
    architecture = median(times.architecture)
    weights = median(times.weights)
    rectifier = median(times.rectifier)
    scoring = median(times.scoring)
  }
}
