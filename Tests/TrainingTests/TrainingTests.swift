import Activations
import Datasets
import Training
import Networks
import Tensors
import Testing

@Suite("Training")
struct TrainingTests {
  private let images = stripedImages(count: 96, seed: 1)
  private let unseen = stripedImages(count: 60, seed: 2)

  private func batches() throws -> ImageBatches {
    try ImageBatches(
      shuffling: images, indices: 0..<images.count, batchSize: 16,
      normalization: Normalization(statisticsOf: images), seed: 3, purpose: "training")
  }

  private func recipe(epochs: Int, accumulation: Int = 1) -> TrainingRecipe {
    var recipe = TrainingRecipe(epochs: epochs, batchSize: 16)
    recipe.schedule = .cosine
    recipe.accumulation = accumulation
    return recipe
  }

  private func test() throws -> ImageBatches {
    try ImageBatches(
      inOrder: unseen, indices: 0..<unseen.count, batchSize: 32,
      normalization: Normalization(statisticsOf: images))
  }

  @Test("a small network learns three classes, with the same bits on 1, 2 and 3 threads")
  func learning() throws {
    var results: [(bits: [[UInt32]], score: Score, losses: [Double])] = []
    for threads in 1...3 {
      var training = TrainingLoop(
        smallNetwork(), recipe: recipe(epochs: 4), batches: try batches(),
        device: Device(threads: threads)
      ) { _ in Rectifier() }
      var losses: [Double] = []
      let isFinite = training.run { losses.append($0.score.loss) }
      #expect(isFinite)
      results.append(
        (bits(training.trainer.model), training.score(on: try test()), losses))
    }
    // Chance is a third; noise hides no class from a network that has learned.
    #expect(results[0].score.accuracy > 0.8)
    #expect(results[0].score.count == 60)
    for result in results.dropFirst() {
      #expect(result.bits == results[0].bits)
      #expect(result.score == results[0].score)
      #expect(result.losses == results[0].losses)
    }
  }

  @Test("the report tells every step, and scores start anew in every epoch")
  func progress() throws {
    var training = TrainingLoop(
      smallNetwork(), recipe: recipe(epochs: 2, accumulation: 2), batches: try batches(),
      device: Device(threads: 2)
    ) { _ in Rectifier() }
    var reports: [TrainingLoop<ResidualNetwork>.Progress] = []
    let isFinite = training.run { reports.append($0) }
    #expect(isFinite)
    // 96 images are 6 batches, 3 steps of 32 images.
    #expect(reports.map(\.epoch) == [0, 0, 0, 1, 1, 1])
    #expect(reports.map(\.step) == Array(1...6))
    #expect(reports.map(\.isEpochEnd) == [false, false, true, false, false, true])
    #expect(reports.map(\.score.count) == [32, 64, 96, 32, 64, 96])
    #expect(reports.allSatisfy { $0.steps == 6 && $0.examplesPerStep == 32 })
  }

  @Test("training takes the trainer's steps at the schedule's rates")
  func rates() throws {
    let recipe = recipe(epochs: 1)
    var training = TrainingLoop(
      smallNetwork(), recipe: recipe, batches: try batches(), device: Device(threads: 1)
    ) { _ in Rectifier() }
    _ = training.run { _ in }
    var trainer = Trainer(model: smallNetwork(), recipe: recipe, device: Device(threads: 1))
    let sequence = try batches()
    for step in 0..<6 {
      let rate = 0.1 * LearningRateSchedule.cosine.factor(at: Double(step) / 6)
      _ = trainer.step([sequence.batch(at: step)], learningRate: rate) { _ in Rectifier() }
    }
    #expect(bits(training.trainer.model) == bits(trainer.model))
  }

  @Test("a loss that is not finite ends the training, and says so")
  func divergence() throws {
    var passes = 0
    var training = TrainingLoop(
      smallNetwork(), recipe: recipe(epochs: 2), batches: try batches(),
      device: Device(threads: 1)
    ) { _ -> any Activation in
      passes += 1
      return passes == 3 ? UndefinedActivation() : Rectifier()
    }
    var steps = 0
    let isFinite = training.run { steps = $0.step }
    #expect(!isFinite)
    #expect(steps == 3)
    let parameters = training.trainer.model.namedParameters
    #expect(parameters.allSatisfy { $0.value.scalars.allSatisfy(\.isFinite) })
  }

  @Test("what the report throws ends the training")
  func interruption() throws {
    struct Stop: Error {}
    var training = TrainingLoop(
      smallNetwork(), recipe: recipe(epochs: 2), batches: try batches(),
      device: Device(threads: 1)
    ) { _ in Rectifier() }
    var steps = 0
    #expect(throws: Stop.self) {
      _ = try training.run { progress in
        steps += 1
        if progress.step == 2 { throw Stop() }
      }
    }
    #expect(steps == 2)
  }
}
