import Activations
import Datasets
import Files
import Foundation
import Training

/// Files of version 0.1.0, which called a trial a job: it had a name for tables, a formula and a
/// bound.
extension TrialFile {
  private struct Earlier: Decodable {
    let job: Job
    let digest: String
    let result: Result
  }

  private struct Job: Decodable {
    let formula: String
    let bound: Double?
    let network: String
    let dataset: String
    let images: String
    let trainImages: Int
    let recipe: Recipe
    let seed: UInt64
    let testsEveryEpoch: Bool
  }

  private struct Recipe: Decodable {
    let epochs: Int
    let batchSize: Int
    let accumulation: Int
    let learningRate: Double
    let schedule: LearningRateSchedule
    let momentum: Double
    let weightDecay: Double
    let gradientClip: Double?

    var recipe: TrainingRecipe {
      var recipe = TrainingRecipe(epochs: epochs, batchSize: batchSize)
      recipe.accumulation = accumulation
      recipe.learningRate = learningRate
      recipe.schedule = schedule
      recipe.optimizer = .gradientDescent(momentum: momentum)
      recipe.weightDecay = weightDecay
      recipe.gradientClip = gradientClip
      return recipe
    }
  }

  private struct Result: Decodable {
    let testAccuracy: Double?
    let testLoss: Double?
    let trainAccuracy: Double?
    let elapsedSeconds: Double
    let diverged: Bool
    let testAccuracyByEpoch: [Double]?

    var result: TrialResult {
      var result = TrialResult()
      result.accuracy = testAccuracy
      result.loss = testLoss
      result.trainAccuracy = trainAccuracy
      result.valueByEpoch = testAccuracyByEpoch
      result.elapsedSeconds = elapsedSeconds
      result.diverged = diverged
      return result
    }
  }

  /// Reads such a file; nil if it is none.
  ///
  /// A run's function was simplified then, so that it is another trial now, and done again.
  ///
  /// - Throws: What reading its function throws.
  init?(version010 json: Data) throws {
    guard let earlier = try? SortedJSON.value(Earlier.self, from: json) else { return nil }
    let job = earlier.job
    let function = try PlacedFunction(parsing: job.formula)
    let limits = job.bound.map { Limits(outputs: Bounding(outputs: $0)) }
    self.init(
      Trial(
        limits.map(function.within) ?? function,
        at: TrialPlace(
          model: job.network, dataset: job.dataset, data: job.images, trainCount: job.trainImages),
        recipe: job.recipe.recipe, seed: job.seed, scoresEveryEpoch: job.testsEveryEpoch),
      digest: earlier.digest, result: earlier.result.result)
  }
}
