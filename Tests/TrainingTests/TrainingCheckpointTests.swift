import Activations
import Autodiff
import Datasets
import Training
import Files
import Foundation
import Networks
import Tensors
import Testing

@Suite("Trainings that are stopped and continued")
struct TrainingCheckpointTests {
  private let images = stripedImages(count: 40, seed: 1)

  /// Five batches an epoch; with accumulation 2, two steps, the next epoch beginning with the
  /// fifth.
  private func training(
    threads: Int = 2, accumulation: Int = 1, learningRate: Double = 0.1
  ) throws -> TrainingLoop<ResidualNetwork> {
    var recipe = TrainingRecipe(epochs: 3, batchSize: 8)
    recipe.schedule = .cosine
    recipe.accumulation = accumulation
    recipe.learningRate = learningRate
    let batches = try ImageBatches(
      shuffling: images, indices: 0..<images.count, batchSize: 8,
      normalization: Normalization(statisticsOf: images), seed: 3, purpose: "training")
    return TrainingLoop(
      smallNetwork(), recipe: recipe, batches: batches, device: Device(threads: threads)
    ) { _ in Rectifier() }
  }

  /// The whole state, velocities included, apart from the time.
  private func state(_ training: TrainingLoop<ResidualNetwork>) throws -> Data {
    var checkpoint = try training.checkpoint()
    checkpoint.entries["position.elapsed_seconds"] = nil
    return checkpoint.bytes
  }

  @Test(
    "from any step on, with 1, 2 or 3 threads, the end is that of one nobody stopped",
    arguments: [1, 2])
  func everyStep(accumulation: Int) throws {
    var whole = try training(accumulation: accumulation)
    var stops = [try whole.checkpoint().bytes]
    var scores: [Score] = []
    let isFinite = try whole.run { training, progress in
      stops.append(try training.checkpoint().bytes)
      scores.append(progress.score)
    }
    #expect(isFinite && whole.step == whole.steps)
    #expect(stops.count == (accumulation == 1 ? 16 : 7))
    for (number, stop) in stops.enumerated() {
      var rest = try training(threads: 1 + number % 3, accumulation: accumulation)
      try rest.restore(Checkpoint(bytes: stop))
      #expect(try rest.checkpoint().bytes == stop, "stop \(number)")
      #expect(rest.step == number)
      var seen: [Score] = []
      let isFinite = rest.run { seen.append($0.score) }
      #expect(isFinite)
      #expect(seen == Array(scores[number...]), "stop \(number)")
      #expect(try state(rest) == state(whole), "stop \(number)")
    }
  }

  @Test(
    "numbers that cannot be are those of a damaged checkpoint",
    arguments: [
      ("position.score.total_loss", .float64([.nan]), "its loss is nan"),
      ("position.score.total_loss", .float64([-.infinity]), "its loss is -inf"),
      ("position.diverged", .int64([9]), "is 9 instead of 0 or 1"),
      ("position.elapsed_seconds", .float64([-1e300]), "its clock shows -1e+300 seconds"),
    ] as [(String, Checkpoint.Values, String)])
  func absurd(name: String, values: Checkpoint.Values, complaint: String) throws {
    struct Enough: Error {}
    var training = try training()
    #expect(throws: Enough.self) { _ = try training.run { _ in throw Enough() } }
    var checkpoint = try training.checkpoint()
    try #require(checkpoint.entries[name] != nil)
    checkpoint.entries[name] = values
    let step = training.step
    let error = #expect(throws: CheckpointMismatch.self) { try training.restore(checkpoint) }
    #expect(error?.description.contains(complaint) == true, "\(error as Any)")
    #expect(training.step == step)
  }

  @Test("a training goes on by itself after its report has thrown, and its clock with it")
  func sameTraining() throws {
    struct Enough: Error {}
    var whole = try training()
    _ = whole.run { _ in }
    var stopped = try training()
    var seconds = 0.0
    for _ in 0..<3 {
      #expect(throws: Enough.self) { _ = try stopped.run { _ in throw Enough() } }
      #expect(stopped.elapsedSeconds > seconds)
      seconds = stopped.elapsedSeconds
      var other = try training(threads: 1)
      try other.restore(stopped.checkpoint())
      #expect(other.elapsedSeconds == seconds)
      stopped = other
    }
    #expect(stopped.step == 3)
    _ = stopped.run { _ in }
    #expect(try state(stopped) == state(whole))
    let isFinite = stopped.run { _ in Issue.record("a step after the end") }
    #expect(isFinite)
  }

  @Test("a diverged training stays diverged")
  func diverged() throws {
    var training = try training(learningRate: 1e39)
    let isFinite = training.run { _ in }
    #expect(!isFinite)
    var again = try self.training(learningRate: 1e39)
    try again.restore(training.checkpoint())
    let goesOn = again.run { _ in Issue.record("a step after the end") }
    #expect(!goesOn && again.hasDiverged && again.step == training.step)
  }

  @Test("every entry counts: without it, or as another, no training is changed")
  func everyEntry() throws {
    struct Enough: Error {}
    var training = try training()
    #expect(throws: Enough.self) { _ = try training.run { _ in throw Enough() } }
    let whole = try training.checkpoint()
    #expect(whole.names.count > 60)
    var fresh = try self.training()
    let before = try fresh.checkpoint().bytes
    for name in whole.names {
      var less = whole
      less.entries[name] = nil
      #expect(throws: CheckpointMismatch.self, "without \(name)") { try fresh.restore(less) }
      var other = whole
      other.entries[name] = .texts(["a", "b"])
      #expect(throws: CheckpointMismatch.self, "another \(name)") { try fresh.restore(other) }
    }
    var far = whole
    far.entries["position.step"] = .int64([16])
    #expect(
      throws: CheckpointMismatch("its step 16 is not one of 15"),
      performing: { try fresh.restore(far) })
    #expect(try fresh.checkpoint().bytes == before)
    try fresh.restore(whole)
    #expect(try fresh.checkpoint().bytes == training.checkpoint().bytes)
  }
}
