import Datasets
import Training

/// A race in numbers, all known before its first training: nothing in it depends on a clock.
public struct RacePlan: Sendable, Hashable, Encodable {
  /// Trainings of one length.
  public struct Rung: Sendable, Hashable, Encodable {
    /// How many functions are trained.
    public let arms: Int
    /// The first so many training examples train.
    public let images: Int
    /// How often each of them does.
    public let epochs: Int

    /// The number of images that pass in one training.
    public var length: Int { images * epochs }
  }

  /// The rungs, each with fewer functions and a longer training than the one before.
  public let rungs: [Rung]
  /// The trainings that judge the winner: of each seed one for it and for each usual function.
  public let verdict: Rung
  /// The number of seeds of the verdict.
  public let seeds: Int
  /// Whether the first trainings are so short that they hardly tell functions apart.
  public let isShort: Bool

  /// A forward pass beside a training pass.
  package static let scoringCost = 1.0 / 3
  /// The functions of the verdict: the winner, the model's usual one, the best usual one.
  static let judged = 3

  /// The first rung's trainings have at least so many steps, wherever fewer functions make room.
  static let leastSteps = 16

  /// How many functions a race has room for: as many as its settings say, or fewer, so that the
  /// trainings of the first rung are no shorter than `leastSteps`.
  ///
  /// - Parameters:
  ///   - race: Its settings; with lengths that are given, their number of functions holds.
  ///   - least: Not fewer than these.
  ///   - recipe: How models are trained.
  ///   - split: The examples of each part.
  ///   - searchCost: What the search cost, in images that passed forward and backward.
  /// - Returns: The number of functions.
  public static func arms(
    _ race: RaceConfiguration, least: Int, recipe: TrainingRecipe, split: TrainingSplit,
    searchCost: Double
  ) -> Int {
    guard race.rungs == nil else { return max(race.arms, least) }
    let length = leastSteps * recipe.batchSize * recipe.accumulation
    var fewer = race
    while fewer.arms > least {
      let plan = RacePlan(fewer, recipe: recipe, split: split, searchCost: searchCost)
      if let first = plan.rungs.first, first.length >= length { break }
      fewer.arms -= 1
    }
    return max(fewer.arms, least)
  }

  /// Plans a race.
  ///
  /// With its lengths left open, the first rung is as long as the budget allows, each next one
  /// `reduction` times as long, and the verdict as the last rung, but a third of the whole at most.
  /// What scoring costs is counted. No training is shorter than a step.
  ///
  /// - Parameters:
  ///   - race: Its settings.
  ///   - recipe: How models are trained.
  ///   - split: The examples of each part.
  ///   - searchCost: What the search cost, in images that passed forward and backward.
  public init(
    _ race: RaceConfiguration, recipe: TrainingRecipe, split: TrainingSplit, searchCost: Double
  ) {
    func plan(_ first: Double) -> RacePlan {
      RacePlan(race, first: first, recipe: recipe, most: split.training.count)
    }
    guard race.rungs == nil || race.verdictImages == nil else {
      self = plan(0)
      return
    }
    // The longest that the budget allows; what longer ones cost only grows.
    let budget = race.budget * searchCost
    var (low, high) = (0.0, max(1, budget))
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if plan(middle).cost(on: split) <= budget { low = middle } else { high = middle }
    }
    self = plan(low)
  }

  /// The plan whose first rung has trainings of `first` images, where lengths are left open.
  private init(
    _ race: RaceConfiguration, first: Double, recipe: TrainingRecipe, most: Int
  ) {
    seeds = race.seeds
    let counts = Self.arms(race)
    let factors = counts.indices.map { rung in
      (0..<rung).reduce(1.0) { factor, _ in factor * Double(race.reduction) }
    }
    let lengths = race.rungs?.images ?? factors.map { Int(min(first * $0, 1e12)) }
    let least = recipe.batchSize * recipe.accumulation
    func rung(_ arms: Int, _ length: Int) -> Rung {
      // The least number of epochs for which there are images enough.
      let epochs = min(1_000_000, max(1, (length - 1) / most + 1))
      return Rung(arms: arms, images: min(most, max(least, length / epochs)), epochs: epochs)
    }
    rungs = zip(counts, lengths).map(rung)
    isShort = (rungs.first?.length ?? 0) < Self.leastSteps * least
    verdict = rung(
      Self.judged,
      race.verdictImages
        ?? (race.rungs == nil ? Self.verdictLength(counts, lengths, seeds: seeds) : lengths.last)
        ?? 0)
  }

  /// The length of a training of the verdict where it is left open: that of the last rung, or less,
  /// so that choosing has two images for each that judges.
  private static func verdictLength(_ arms: [Int], _ lengths: [Int], seeds: Int) -> Int? {
    let choosing = zip(arms, lengths).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    return lengths.last.map { min($0, Int(choosing / Double(2 * judged * seeds))) }
  }

  /// How many functions each rung has: of `reduction` one goes on, until no more are left than
  /// that, or the rungs that are given have ended; and one more, where a usual function would be
  /// missing otherwise.
  private static func arms(_ race: RaceConfiguration) -> [Int] {
    var counts = [race.arms]
    while let last = counts.last {
      if let rungs = race.rungs {
        if counts.count == rungs.images.count { break }
      } else if last <= race.reduction {
        break
      }
      counts.append(max(1, (last + race.reduction - 1) / race.reduction))
    }
    return counts.enumerated().map { min(race.arms, $1 + ($0 == 0 ? 0 : 1)) }
  }

  /// What the race costs, in images that pass forward and backward.
  ///
  /// - Parameter split: The examples of each part.
  /// - Returns: Images, those that are scored included at what a forward pass costs.
  public func cost(on split: TrainingSplit) -> Double {
    let validation = Self.scoringCost * Double(split.validation.count)
    let judging = Self.scoringCost * Double(split.judging.count)
    // After every epoch.
    func cost(_ rung: Rung, _ scoring: Double) -> Double {
      Double(rung.arms) * (Double(rung.length) + Double(rung.epochs) * scoring)
    }
    return rungs.reduce(0) { $0 + cost($1, validation) } + Double(seeds) * cost(verdict, judging)
  }
}

extension RacePlan: CustomStringConvertible {
  /// The numbers, such as `24 × 1000 images, 8 × 3000 images; then 5 seeds × 9000 images`.
  public var description: String {
    let rungs = rungs.map { "\($0.arms) × \($0.length) images" }.joined(separator: ", ")
    return "race: \(rungs); then the winner beside usual functions, \(seeds) seeds × "
      + "\(verdict.length) images"
      + (isShort ? "; so short that it tells little: give a larger race-budget" : "")
  }
}
