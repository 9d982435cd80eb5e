import Files
import Foundation
import Networks
import Reports
import Search
import Settings
import Tensors
import Training

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

  /// What only a relaxed search has.
  public struct Relaxed: Sendable {
    /// The epochs that drop something. What is left after the last epoch is dropped then.
    public let dropSchedule: [Drop]
    /// Architecture weights, over all slots.
    public let architectureWeights: Int
  }

  /// Every setting by its name, as text.
  public let configuration: [String: String]
  /// Trainable scalars of the network.
  public let parameters: Int
  /// Functions that the search ends with.
  public let functions: Int
  /// Functions to choose from for each of them, scalars aside.
  public let members: Double
  /// What only a relaxed search has; nil of others.
  public let relaxed: Relaxed?
  /// How many candidates are trained; nil of a relaxed search.
  public let trainings: Int?
  /// Steps of the search, or of each training.
  public let steps: Int
  /// What the search takes, in seconds: measured steps times their number, scoring included.
  public let estimatedSeconds: Double
  /// What the training with the usual activation takes, in seconds; nil where a race follows.
  public let estimatedUsualSeconds: Double?
  /// The race that follows; nil without one.
  public let race: RacePlan?
  /// What it takes, in seconds; nil without one.
  public let estimatedRaceSeconds: Double?
  /// The name of that activation.
  public let usualActivation: String
  /// The peak memory of this process while it measured, in bytes.
  public let peakMemoryBytes: Int

  /// What an image costs that passes forward and backward, in seconds.
  private let imageSeconds: Double
  /// What the search costs, in such images.
  private let searchCost: Double
  private let text: String
  private let datasetPlace: String

  /// Plans a search, and measures a few of its steps.
  ///
  /// - Parameters:
  ///   - problem: What is searched, on what.
  ///   - device: What to compute on.
  /// - Throws: What beginning the search would throw.
  public init(_ problem: RunProblem, device: Device) throws {
    self = try Self.plan(problem, problem.model, device: device)
  }

  private static func plan(
    _ problem: RunProblem, _ model: some Model, device: Device
  ) throws -> SearchPlan {
    let search = problem.configuration.search
    // Proposals have trainings alone; what a relaxed cell costs in them is what any curve costs.
    let configuration = BilevelConfiguration(
      task: search.task, relaxed: search.method.relaxed ?? RelaxedConfiguration())
    let data = try SearchData(
      model.examples(of: problem.dataset), task: search.task, relaxed: configuration.relaxed)
    let bilevel = try BilevelSearch(configuration, model: model, data: data, device: device)
    let measured = try MeasuredSteps(configuration, model: model, data: data, device: device)
    return try SearchPlan(
      problem, bilevel, measured, scored: data.scoring.batchesPerEpoch,
      probed: data.probing.batchesPerEpoch)
  }

  private init(
    _ problem: RunProblem, _ search: BilevelSearch<some Model>, _ measured: MeasuredSteps,
    scored batches: Int, probed: Int
  ) throws {
    let settings = problem.catalog.settings
    let recipe = search.configuration.recipe
    let method = problem.configuration.search.method
    let scoring = Double(batches) * measured.scoring
    configuration = Dictionary(
      uniqueKeysWithValues: settings.texts(of: problem.configuration).map { ($0.name, $0.text) })
    text = ConfigurationFile.text(problem.configuration, settings)
    datasetPlace = problem.datasetPlace
    parameters = search.trainer.model.parameterCount
    functions = search.architecture.cells.count
    members = try search.configuration.task.space().memberCount
    steps = recipe.epochs * search.stepsPerEpoch
    trainings = method.proposed?.budget
    relaxed = method.relaxed.map { _ in Relaxed(search) }
    if let trainings {
      estimatedSeconds = Double(trainings) * (Double(steps) * measured.weights + scoring)
    } else {
      estimatedSeconds =
        Double(steps) * (measured.architecture + measured.weights)
        + Double(recipe.epochs) * scoring
        + Double(problem.probes * probed) * measured.scoring
    }
    imageSeconds = measured.weights / Double(recipe.batchSize * recipe.accumulation)
    searchCost = problem.searchCost
    let race = problem.configuration.search.task.race.isOn ? problem.racePlan() : nil
    self.race = race
    let perImage = imageSeconds
    estimatedRaceSeconds = race.map { $0.cost(on: problem.split) * perImage }
    estimatedUsualSeconds = race == nil ? Double(steps) * measured.usual + scoring : nil
    usualActivation = search.trainer.model.usualActivation.name
    peakMemoryBytes = ProcessMemory.peak
  }

  /// The `race-budget` with which search and race take so long together, with three digits.
  ///
  /// - Parameter seconds: The time.
  /// - Returns: Nil if the search alone takes as long, or there is no race.
  public func raceBudget(within seconds: Double) -> Double? {
    guard race != nil, seconds > estimatedSeconds else { return nil }
    let images = (seconds - estimatedSeconds) / imageSeconds
    let factor = images / searchCost
    let digits = pow(10, 2 - floor(log10(factor)))
    return (factor * digits).rounded(.down) / digits
  }

  /// The plan as JSON, keys in snake case and sorted.
  ///
  /// - Throws: What the encoder throws.
  public func json() throws -> Data { try SortedJSON.data(self) }

  /// The plan for a reader: the configuration, the schedule, the estimates.
  public var description: String {
    let plural = functions == 1 ? "" : "s"
    let seconds = ProgressReport.clock(seconds: estimatedSeconds)
    let endTitle = race == nil ? usualActivation : "the race"
    let end = ProgressReport.clock(seconds: estimatedRaceSeconds ?? estimatedUsualSeconds ?? 0)
    let work =
      relaxed.map {
        "\($0.architectureWeights) architecture weights for \(functions) function\(plural); "
          + "\(steps) steps"
      }
      ?? "\(trainings ?? 0) candidates of \(functions) function\(plural), \(steps) steps each"
    let condition = relaxed == nil ? "one training after another" : "all operations alive"
    return """
      \(text)
      \(relaxed.map { $0.drops + "\n" } ?? "")\(race.map { "\($0)\n" } ?? "")\
      \(parameters) parameters on \(datasetPlace); \(work)
      about \(seconds) for the search and \(end) for \(endTitle), \
      \(peakMemoryBytes / 1_000_000) MB of memory (measured steps, \(condition))

      """
  }

  private enum CodingKeys: String, CodingKey {
    case configuration, parameters, functions, members, dropSchedule, architectureWeights
    case trainings, steps, estimatedSeconds, estimatedUsualSeconds, usualActivation
    case race, estimatedRaceSeconds, peakMemoryBytes
  }

  /// Writes the plan; what another kind of search has is left out.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(configuration, forKey: .configuration)
    try values.encode(parameters, forKey: .parameters)
    try values.encode(functions, forKey: .functions)
    try values.encode(members, forKey: .members)
    try values.encodeIfPresent(relaxed?.dropSchedule, forKey: .dropSchedule)
    try values.encodeIfPresent(relaxed?.architectureWeights, forKey: .architectureWeights)
    try values.encodeIfPresent(trainings, forKey: .trainings)
    try values.encode(steps, forKey: .steps)
    try values.encode(estimatedSeconds, forKey: .estimatedSeconds)
    try values.encodeIfPresent(estimatedUsualSeconds, forKey: .estimatedUsualSeconds)
    try values.encodeIfPresent(race, forKey: .race)
    try values.encodeIfPresent(estimatedRaceSeconds, forKey: .estimatedRaceSeconds)
    try values.encode(usualActivation, forKey: .usualActivation)
    try values.encode(peakMemoryBytes, forKey: .peakMemoryBytes)
  }
}

extension SearchPlan.Relaxed {
  fileprivate init(_ search: BilevelSearch<some Model>) {
    var remaining = search.architecture.operationsAlive
    architectureWeights = remaining
    var schedule: [SearchPlan.Drop] = []
    for (epoch, drops) in search.schedule.drops.enumerated() where drops > 0 {
      remaining -= drops
      schedule.append(SearchPlan.Drop(epoch: epoch, drops: drops, remaining: remaining))
    }
    dropSchedule = schedule
  }

  /// The schedule as a table.
  fileprivate var drops: String {
    if dropSchedule.isEmpty { return "nothing is dropped before the end of the last epoch\n" }
    var table = TextTable("epoch", "drops", "operations left")
    for drop in dropSchedule {
      table.add(String(drop.epoch), String(drop.drops), String(drop.remaining))
    }
    return table.text
  }
}
