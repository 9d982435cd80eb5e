import Datasets
import Training
import Files
import Foundation
import Networks
import Tensors

/// What an evaluation does: every function, on every network with its data, with every seed.
public struct EvaluationPlan: Sendable {
  /// A network on a data set: what one table of results is about.
  public struct Table: Sendable, Hashable {
    /// The network's name.
    public let network: String
    /// The data set's name.
    public let dataset: String
    /// A number for its images and labels.
    public let images: String
    /// The first so many training images are used.
    public let trainImages: Int

    /// Describes a network on a data set.
    package init(
      network: String, dataset: String, images: String, trainImages: Int
    ) {
      self.network = network
      self.dataset = dataset
      self.images = images
      self.trainImages = trainImages
    }

    /// Describes a network on a data set, after checking that all can be trained there.
    ///
    /// - Parameters:
    ///   - network: The network.
    ///   - dataset: The data set.
    ///   - trainImages: How many training images are used.
    ///   - recipe: How the weights are trained.
    ///   - functions: What is trained.
    /// - Throws: `ImpossibleValue`, `DatasetError` or `MisplacedFunction`, each one line.
    public init(
      network: ModelEntry, dataset: any Dataset, trainImages: ImageCount,
      recipe: TrainingRecipe, functions: [Contender]
    ) throws {
      self.network = network.name
      self.dataset = dataset.name
      images = dataset.digest
      self.trainImages = try trainImages.resolved(
        available: dataset.trainCount, dataset: dataset.name)
      let sample = try network.make(for: dataset.shape, seed: 0)
      for contender in functions {
        _ = try contender.function.activation(at: sample.activationSites)
      }
      _ = try dataset.batches(
        of: 0..<self.trainImages, size: recipe.batchSize, seed: 0, purpose: "training")
    }
  }

  /// Each function once.
  public let functions: [Contender]
  /// Networks and data sets, in the order in which they are done.
  public let tables: [Table]
  /// The seeds, the same for every function: what makes pairs.
  public let seeds: [UInt64]
  /// How the weights are trained.
  public let recipe: TrainingRecipe
  /// Whether the test images are scored after every epoch.
  public let testsEveryEpoch: Bool
  /// Whether the trained weights are kept: a job without them is not done then.
  public let savesWeights: Bool

  /// Plans an evaluation.
  public init(
    functions: [Contender], tables: [Table], seeds: [UInt64], recipe: TrainingRecipe,
    testsEveryEpoch: Bool, savesWeights: Bool = false
  ) {
    self.functions = functions
    self.tables = tables
    self.seeds = seeds
    self.recipe = recipe
    self.testsEveryEpoch = testsEveryEpoch
    self.savesWeights = savesWeights
  }

  /// All trainings, table by table, seed by seed: after the first seeds there is a first impression of
  /// every function.
  public var jobs: [EvaluationJob] {
    tables.flatMap { table in
      seeds.flatMap { seed in functions.map { job($0, table: table, seed: seed) } }
    }
  }

  package func job(_ contender: Contender, table: Table, seed: UInt64) -> EvaluationJob {
    EvaluationJob(
      contender, table: table, recipe: recipe, seed: seed,
      testsEveryEpoch: testsEveryEpoch)
  }
}
