import Activations
import Datasets
import Networks
import Settings
import Training
import Trials

/// A network and data that are there, and what functions must know of the network.
public struct EvaluationPlace: Sendable {
  /// Network and data.
  public let place: TrialPlace
  /// The name of the activation that the network usually has.
  public let usualActivation: String
  private let sites: [ActivationSite]

  /// Makes sure that the network can be trained with the data.
  ///
  /// - Parameters:
  ///   - entry: The network.
  ///   - dataset: The data set.
  ///   - trainImages: How many training examples are used.
  ///   - recipe: How it is trained.
  ///   - choosesRates: Whether a part of the examples judges learning rates.
  /// - Throws: `ImpossibleValue`, `DatasetError` or `ModelMismatch`, each one line.
  public init(
    _ entry: ModelEntry, on dataset: any Dataset, trainImages: ExampleCount,
    recipe: TrainingRecipe, choosesRates: Bool = false
  ) throws {
    let count = try trainImages.resolved(available: dataset.trainCount, dataset: dataset.name)
    let model = try entry.make(for: dataset.shape, seed: 0)
    try recipe.validate(examples: count, atMost: count)
    _ = try dataset.batches(of: 0..<count, size: recipe.batchSize, seed: 0, purpose: "training")
    place = TrialPlace(
      model: entry.name, dataset: dataset.name, data: dataset.digest, trainCount: count)
    if choosesRates {
      let fewer = EvaluationPlan.judging(at: place).lowerBound
      try recipe.validate(examples: fewer, atMost: fewer)
      _ = try dataset.batches(
        of: 0..<fewer, size: recipe.batchSize, seed: 0, purpose: "training")
    }
    usualActivation = model.usualActivation.name
    sites = model.activationSites
  }

  /// Makes sure that functions stand where the network has sites.
  ///
  /// - Throws: `MisplacedFunction`.
  public func check(_ contenders: [Contender]) throws(MisplacedFunction) {
    for contender in contenders { _ = try contender.function.activation(at: sites) }
  }
}
