import Activations
import Evaluation
import Foundation
import TestSupport
import Testing
import Training
import Trials

@Suite("The folder of an evaluation")
struct EvaluationFolderTests {
  /// Written by commit 244d2e1, before recipes could clip gradients.
  private static let oldFile = """
    {
      "checksum" : "5c96b008034692b5",
      "digest" : "b75180f729978e54",
      "job" : {
        "dataset" : "cifar10",
        "formula" : "relu(x)",
        "function" : "relu",
        "images" : "d3d2bd784042b7b9",
        "network" : "resnet20",
        "recipe" : {
          "accumulation" : 1,
          "batch_size" : 32,
          "epochs" : 3,
          "learning_rate" : 0.1,
          "momentum" : 0.9,
          "schedule" : "cosine",
          "weight_decay" : 0.0001
        },
        "seed" : 0,
        "tests_every_epoch" : false,
        "train_images" : 10000
      },
      "result" : {
        "dataset" : "cifar10",
        "diverged" : false,
        "elapsed_seconds" : 151.997426972,
        "epochs" : 3,
        "formula" : "relu(x)",
        "function" : "relu",
        "network" : "resnet20",
        "seed" : 0,
        "test_accuracy" : 0.5079,
        "test_loss" : 1.321155001449585,
        "train_accuracy" : 0.47876602564102566
      }
    }

    """

  private func standing(gradientClip: Double?) throws -> EvaluationFolder.Standing {
    let place = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: place.file("e/jobs"), withIntermediateDirectories: true)
    try place.write(
      Array(Self.oldFile.utf8), to: "e/jobs/relu-resnet20-cifar10-seed0-b75180f729978e54.json")
    var recipe = TrainingRecipe(epochs: 3, batchSize: 32)
    recipe.schedule = .cosine
    recipe.gradientClip = gradientClip
    let plan = EvaluationPlan(
      [Contender(given: "relu", try PlacedFunction(parsing: "relu"))],
      at: [
        TrialPlace(
          model: "resnet20", dataset: "cifar10", data: "d3d2bd784042b7b9", trainCount: 10_000)
      ], seeds: [0], recipe: recipe)
    return try EvaluationFolder(path: place.file("e").path).standing(of: plan)
  }

  @Test("a training that was done before gradients could be clipped is done, and not clipped")
  func oldJobs() throws {
    let found = try standing(gradientClip: nil)
    #expect(found.results.map(\.value.accuracy) == [0.5079])
    #expect(found.damaged.isEmpty && found.foreign.isEmpty)
    let other = try standing(gradientClip: 5)
    #expect(other.results.isEmpty && other.damaged.isEmpty && other.foreign.count == 1)
    #expect(other.differences == ["gradient-clip off, not 5.0"])
  }
}
