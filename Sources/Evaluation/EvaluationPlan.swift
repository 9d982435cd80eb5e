import Training
import Trials

/// What an evaluation does: every function, on every network with its data, with every seed.
public struct EvaluationPlan: Sendable {
  /// Each function once.
  public let contenders: [Contender]
  /// Networks and data sets, in the order in which they are done: each has a table of results.
  public let places: [TrialPlace]
  /// The seeds, the same for every function: what makes pairs.
  public let seeds: [UInt64]
  /// How the weights are trained.
  public let recipe: TrainingRecipe
  /// What the recipe's learning rate is multiplied by, to find the one that suits each function.
  public let multiples: LearningRateMultiples
  /// Whether the test examples are scored after every epoch.
  public let scoresEveryEpoch: Bool
  /// Whether the trained weights are kept: a trial without them is not done then.
  public let savesWeights: Bool

  /// Plans an evaluation.
  public init(
    _ contenders: [Contender], at places: [TrialPlace], seeds: [UInt64], recipe: TrainingRecipe,
    multiples: LearningRateMultiples = .own, scoresEveryEpoch: Bool = false,
    savesWeights: Bool = false
  ) {
    self.contenders = contenders
    self.places = places
    self.seeds = seeds
    self.recipe = recipe
    self.multiples = multiples
    self.scoresEveryEpoch = scoresEveryEpoch
    self.savesWeights = savesWeights
  }

  /// All trainings with the recipe as it is, table by table, seed by seed: after the first seeds
  /// there is a first impression of every function.
  public var trials: [Trial] {
    places.flatMap { place in
      seeds.flatMap { seed in contenders.map { trial(of: $0, at: place, seed: seed) } }
    }
  }

  /// The training of a function.
  public func trial(of contender: Contender, at place: TrialPlace, seed: UInt64) -> Trial {
    Trial(
      contender.function, at: place, recipe: recipe, seed: seed, scoresEveryEpoch: scoresEveryEpoch)
  }

  /// What tables call the function of a trial.
  public func name(of trial: Trial) -> String {
    contenders.first { $0.function == trial.function }?.name ?? "\(trial.function)"
  }
}
