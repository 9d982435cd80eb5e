import Settings
import Training
import Trials

/// What `grafs-swift evaluate` was asked to do, besides the functions.
public struct EvaluationConfiguration: Sendable, Hashable {
  /// The network's name in the catalog of models.
  public var network: String
  /// The data set's name in the catalog of data sets.
  public var dataset: String
  /// How many training examples are used.
  public var trainImages: ExampleCount
  /// The first seed.
  public var seed: UInt64 = 0
  /// How many seeds each function is trained with.
  public var seeds: Int
  /// How the weights are trained.
  public var recipe: TrainingRecipe
  /// What the recipe's learning rate is multiplied by, to find the one that suits each function.
  public var learningRates = LearningRateMultiples.own

  /// Combines a network, a data set and what a preset says.
  public init(network: String, dataset: String, preset: EvaluationPreset) {
    self.network = network
    self.dataset = dataset
    trainImages = preset.trainImages
    seeds = preset.seeds
    recipe = preset.recipe
  }

  /// All seeds: from the first one on.
  public var allSeeds: [UInt64] { (0..<UInt64(seeds)).map { seed &+ $0 } }
}

extension EvaluationConfiguration {
  /// The settings of an evaluation.
  public static let settings: [Setting<EvaluationConfiguration>] =
    [
      Setting("network", \.network, "a network's name", help: "The network."),
      Setting("data", \.dataset, "a data set's name", help: "The data set."),
      Setting("seed", \.seed, "a whole number, not negative", help: "The first seed."),
      Setting(
        "seeds", \.seeds, "a whole number", help: "How many seeds each function is trained with."
      ).must("be \(CommandBounds.seeds.words)") { CommandBounds.seeds.contains($0.seeds) }
        .must { configuration in
          let left = UInt64.max - configuration.seed
          return UInt64(configuration.seeds - 1) <= left
            ? nil : "be at most \(left + 1), as many as there are from 'seed' on"
        },
      Setting(
        "train-images", \.trainImages, "a whole number, or all",
        help: "Use the first so many training examples."),
      Setting(
        "learning-rates", \.learningRates, "numbers joined by commas, such as 0.5,1,2",
        help: "Multiples of the learning rate, of which each function gets the best as well."
      ).list(joinedBy: ",", explaining: LearningRateMultiples.fault(in:)).must {
        $0.learningRates.fault.map {
          "be at most 20 different numbers from 0.000001 to 1000000: \($0)"
        }
      },
    ] + TrainingRecipe.settings.map { $0.inside(\.recipe) }
}
