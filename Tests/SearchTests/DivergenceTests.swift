import Networks
import Search
import Tensors
import Testing
import Traces

@Suite("Searches that diverge")
struct DivergenceTests {
  static func search(
    learningRate: Double, epochs: Int = 3, relaxation: any Relaxation = DirichletRelaxation(),
    divergence: DivergencePolicy = .stop, warmStartEpochs: Int = 1
  ) throws -> BilevelSearch<OneWeightClassifier> {
    var configuration = SilentErrorTests.configuration(epochs: epochs)
    configuration.recipe.learningRate = learningRate
    configuration.warmStartEpochs = warmStartEpochs
    configuration.divergence = divergence
    return try BilevelSearch(
      configuration, model: OneWeightClassifier(weight: 0.5),
      data: try PixelData.parts(training: 8, validation: 8, batchSize: 4),
      space: try SilentErrorTests.space(["identity", "beta_times_x", "square"]),
      relaxation: relaxation, device: Device(threads: 1))
  }

  /// Weights beyond the range of single precision after one step. Of the second step only the
  /// weights' loss is not finite: with a bounded cell an infinite weight would pass unseen.
  @Test("a loss that is not finite ends the search, with its row recorded")
  func loss() throws {
    var search = try Self.search(learningRate: 1e39)
    var reports = 0
    let outcome = try search.run { _ in reports += 1 }
    #expect(outcome == .diverged)
    #expect(search.trajectory.steps.count == 2 && reports == 2)
    let row = try #require(search.trajectory.steps.last)
    #expect(!row.trainLoss.isFinite && row.validationLoss.isFinite)
    #expect(search.trajectory.steps[0].trainLoss.isFinite)
    #expect(search.trajectory.histories[0].rows == 2)
    #expect(search.trajectory.epochs.isEmpty && search.trajectory.genotypes.isEmpty)
    #expect(search.architecture.slots[0].weights.scalars.allSatisfy { $0.isFinite })
  }

  /// No step follows to see what the last one did, but the score of the epoch does.
  @Test("weights that diverge in the very last step are seen")
  func lastStep() throws {
    var configuration = SilentErrorTests.configuration(epochs: 1)
    configuration.recipe.learningRate = 1e39
    configuration.bound = .infinity
    var search = try BilevelSearch(
      configuration, model: OneWeightClassifier(weight: 0.5),
      data: try PixelData.parts(training: 4, validation: 8, batchSize: 4),
      space: try SilentErrorTests.space(["identity", "square"]), device: Device(threads: 1))
    let outcome = try search.run { _ in }
    #expect(outcome == .diverged)
    #expect(search.trajectory.steps.map(\.trainLoss.isFinite) == [true])
    #expect(search.trajectory.epochs.map(\.validationLoss.isFinite) == [false])
  }

  @Test("an architecture gradient that is not finite ends the search and moves nothing")
  func architectureGradient() throws {
    var search = try Self.search(learningRate: 0.1, relaxation: PoisonedRelaxation())
    let before = search.architecture.slots[0]
    let outcome = try search.run { _ in }
    #expect(outcome == .diverged)
    #expect(search.trajectory.steps.count == 1)
    #expect(search.architecture.slots[0].weights == before.weights)
    #expect(search.architecture.slots[0].scalars == before.scalars)
  }

  /// Two steps an epoch; in the very first the weights move beyond the range of single precision.
  @Test("skipping, a search goes on until 300 steps in a row were not taken")
  func skipping() throws {
    // With ReLU all the time: a bounded cell makes an infinite weight finite again.
    var search = try Self.search(
      learningRate: 1e39, epochs: 400, divergence: .skip, warmStartEpochs: 400)
    let outcome = try search.run { _ in }
    #expect(outcome == .diverged)
    let steps = search.trajectory.steps
    #expect(DivergencePolicy.longestSkip == 300 && steps.count == 301)
    #expect(steps[0].trainLoss.isFinite && steps[1...].allSatisfy { !$0.trainLoss.isFinite })
    // The first epoch has one step that was taken, the others none.
    let epochs = search.trajectory.epochs
    #expect(epochs.count == 150 && epochs[0].trainLoss == steps[0].trainLoss)
    #expect(epochs[1...].allSatisfy { $0.trainLoss.isNaN })
  }

  @Test("skipping too, a last epoch that is not finite is a divergence")
  func skippingToTheEnd() throws {
    var search = try Self.search(learningRate: 1e39, epochs: 3, divergence: .skip)
    let outcome = try search.run { _ in }
    #expect(outcome == .diverged)
    #expect(search.trajectory.steps.count == 6 && search.trajectory.epochs.count == 3)
  }

  @Test("a step that is skipped moves nothing, the others move α, and the search finishes")
  func skippedSteps() throws {
    var search = try Self.search(
      learningRate: 0.1, epochs: 12, relaxation: SometimesPoisonedRelaxation(), divergence: .skip)
    var alpha = [search.architecture.slots[0].weights]
    var weights = [search.trainer.model.weight.value]
    let outcome = try search.run { search, progress in
      guard !progress.isEpochEnd else { return }
      alpha.append(search.architecture.slots[0].weights)
      weights.append(search.trainer.model.weight.value)
    }
    #expect(outcome == .finished)
    let moves = zip(alpha, alpha.dropFirst()).map { $0 != $1 }
    // 22 steps with a choice of operations; the generator's draws are the same everywhere.
    let open = moves.prefix(22)
    #expect(open.contains(true) && open.contains(false))
    // The weights' step of a row is taken even where the architecture's is not.
    #expect(zip(weights, weights.dropFirst()).allSatisfy { $0 != $1 })
    #expect(search.trajectory.steps.count == 24)
    var stopping = try Self.search(
      learningRate: 0.1, epochs: 12, relaxation: SometimesPoisonedRelaxation())
    #expect(try stopping.run { _ in } == .diverged)
    #expect(stopping.trajectory.steps.count == (moves.firstIndex(of: false) ?? 0) + 1)
  }

  /// α far above and far below what a Dirichlet distribution can use: concentrations of 1e5 and
  /// of e^−1e5.
  @Test(
    "an architecture learning rate that is far too large crashes nothing", arguments: [10, 1e5])
  func architectureLearningRate(rate: Double) throws {
    var configuration = SilentErrorTests.configuration(epochs: 3)
    configuration.architectureLearningRate = rate
    var search = try BilevelSearch(
      configuration, model: OneWeightClassifier(weight: 0.5),
      data: try PixelData.parts(training: 8, validation: 8, batchSize: 4),
      space: try SilentErrorTests.space(["identity", "beta_times_x", "square"]),
      device: Device(threads: 1))
    let outcome = try search.run { _ in }
    #expect(outcome == .finished)
    #expect(search.architecture.slots[0].weights.scalars.allSatisfy { $0.isFinite })
  }
}
