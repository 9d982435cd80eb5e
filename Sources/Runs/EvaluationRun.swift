import Activations
import Datasets
import Evaluation
import Foundation
import Networks
import Reports
import Tensors

/// What training with one function came to.
public struct EvaluationResult: Codable, Sendable, Hashable {
  /// The function, as it was asked for.
  public let function: String
  /// The network's name.
  public let network: String
  /// The data set's name.
  public let dataset: String
  /// Where the random numbers came from.
  public let seed: UInt64
  /// The length of the training.
  public let epochs: Int
  /// Accuracy on the test images after the last epoch, from 0 to 1; nil if training diverged.
  public let testAccuracy: Double?
  /// Seconds of training and scoring.
  public let elapsedSeconds: Double

  /// Results as JSON: `{"runs": […]}`.
  ///
  /// - Throws: What the encoder throws if a number is not finite.
  public static func json(_ results: [EvaluationResult]) throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return try encoder.encode(["runs": results]) + Data("\n".utf8)
  }

  /// Results as a table of text.
  public static func table(_ results: [EvaluationResult]) -> String {
    var table = TextTable(
      "function", "network", "data", "epochs", "seed", "test accuracy", "time")
    for result in results {
      table.add(
        result.function, result.network, result.dataset, "\(result.epochs)", "\(result.seed)",
        result.testAccuracy.map(SearchResult.percent) ?? "diverged",
        ProgressReport.clock(seconds: result.elapsedSeconds))
    }
    return table.text
  }
}

/// Training of a network with one function after another, by the same recipe on the same data.
public struct EvaluationRun {
  private let network: NetworkCatalog.Entry
  private let dataset: ImageDataset
  private let recipe: TrainingRecipe
  private let training: BatchSequence
  private let test: BatchSequence
  private let seed: UInt64
  private let progress: ProgressReport
  private let team: ThreadTeam

  /// Prepares the trainings.
  ///
  /// - Parameters:
  ///   - network: Made anew for every function, with the same initial weights.
  ///   - dataset: Its training images are trained on, its test images scored once.
  ///   - recipe: How the weights are trained.
  ///   - trainImages: Use the first so many training images; nil for all.
  ///   - seed: Where the random numbers come from.
  ///   - progress: Where to show progress.
  ///   - team: The threads to compute on.
  /// - Throws: `ImpossibleValue` if there are not so many training images, `DatasetError` if the
  ///   batches cannot be made.
  public init(
    network: NetworkCatalog.Entry, dataset: ImageDataset, recipe: TrainingRecipe,
    trainImages: Int?, seed: UInt64, progress: ProgressReport, team: ThreadTeam
  ) throws {
    self.network = network
    self.dataset = dataset
    self.recipe = recipe
    self.seed = seed
    self.progress = progress
    self.team = team
    let available = dataset.train.count
    let count = trainImages ?? available
    try ImpossibleValue.check(
      (1...available).contains(count), "train-images", count,
      mustBe: "from 1 to \(available), the training images of \(dataset.name)")
    training = try BatchSequence(
      shuffling: dataset.train, indices: 0..<count,
      batchSize: recipe.batchSize, normalization: dataset.normalization,
      augmentation: dataset.augmentation, seed: seed, purpose: "training")
    test = try BatchSequence(
      inOrder: dataset.test, indices: 0..<dataset.test.count, batchSize: 256,
      normalization: dataset.normalization)
  }

  /// Trains with a function and scores the network on the test images.
  ///
  /// - Parameter function: The function, or the functions of the network's stages or sites.
  /// - Returns: The result.
  /// - Throws: `EvaluatedFunction.Failure` if they are not those of this network.
  public func evaluate(_ function: EvaluatedFunction) throws -> EvaluationResult {
    var stream = RandomStream(seed: seed, purpose: "initialization")
    let start = ContinuousClock.now
    let accuracy = try testAccuracy(
      network.make(dataset.channels, dataset.classes, &stream), function: function)
    return EvaluationResult(
      function: function.text, network: network.name, dataset: dataset.name, seed: seed,
      epochs: recipe.epochs, testAccuracy: accuracy,
      elapsedSeconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private func testAccuracy(
    _ network: some ImageClassifier, function: EvaluatedFunction
  ) throws -> Double? {
    let start = ContinuousClock.now
    let grid = CurveGrid()
    let functionOfSite = try function.functionOfSite(network.activationSites)
    var run = Training(network, recipe: recipe, batches: training, team: team) { tape in
      function.activation(functionOfSite, grid: grid, on: tape)
    }
    let isFinite = run.run { state in
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let rate = Double(state.step * state.imagesPerStep) / seconds
      let text = {
        String(
          format: "%@  epoch %d  step %d/%d  train loss %.3f  accuracy %.2f %%  %.0f images/s",
          function.text, state.epoch, state.step, state.steps, state.score.loss,
          100 * state.score.accuracy, rate)
      }
      if state.isEpochEnd { progress.line(text()) } else { progress.live(text) }
    }
    return isFinite ? run.score(on: test).accuracy : nil
  }
}
