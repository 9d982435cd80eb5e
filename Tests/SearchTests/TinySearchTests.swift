import Activations
import Datasets
import Training
import Networks
import Search
import Tensors
import TestSupport
import Testing
import Traces

@Suite("Searches on a small residual network")
struct TinySearchTests {
  private func outcome(
    _ configuration: BilevelConfiguration, threads: Int
  ) throws -> Outcome {
    var search = try TinySearch.search(configuration, threads: threads)
    let outcome = try search.run { _ in }
    #expect(outcome == .finished)
    #expect(search.architecture.isDiscrete)
    return Outcome(search)
  }

  @Test("the same bits with 1, 2 and 3 threads and in a second run, others with another seed")
  func sameBits() throws {
    let first = try outcome(TinySearch.configuration(), threads: 2)
    #expect(first.steps.count == 9 && first.epochs.count == 3 && first.drops.count == 104)
    for threads in [1, 2, 3] {
      let again = try outcome(TinySearch.configuration(), threads: threads)
      #expect(again == first, "\(threads) threads")
    }
    let other = try outcome(TinySearch.configuration(seed: 2), threads: 2)
    #expect(other.architecture != first.architecture)
    #expect(other.parameters != first.parameters)
  }

  @Test("every α and every scalar moves from the first step on")
  func alphaMoves() throws {
    var search = try TinySearch.search(TinySearch.configuration())
    let initial = search.architecture.slots
    try search.run(steps: 3)
    for (before, slot) in zip(initial, search.architecture.slots) {
      let moved = zip(before.weights.scalars, slot.weights.scalars).map { abs($0 - $1) }
      #expect(moved.allSatisfy { $0 > 1e-5 && $0 < 0.1 }, "\(slot.name): \(moved)")
      let learnable = slot.operations.filter(\.isLearnable)
      #expect(slot.scalars.count == learnable.count)
      for (index, operation) in learnable.enumerated() {
        let difference = abs(before.scalars.scalars[index] - slot.scalars.scalars[index])
        #expect(difference > 1e-5, "\(operation)")
      }
    }
    for history in search.trajectory.histories {
      let width = history.slot.operations.count
      let rows = (0..<3).map { Array(history.alpha[$0 * width..<($0 + 1) * width]) }
      for index in 0..<width {
        #expect(rows[0][index] != rows[1][index] && rows[1][index] != rows[2][index])
      }
    }
  }

  @Test("in the warm start weights and statistics move exactly as with ReLU alone, and α moves")
  func warmStart() throws {
    let configuration = TinySearch.configuration()
    var search = try TinySearch.search(configuration)
    let initial = search.architecture.slots
    try search.run(steps: 3)
    let data = try TinySearch.data()
    var trainer = Trainer(
      model: TinySearch.network, recipe: configuration.recipe, device: Device(threads: 2))
    for number in 0..<3 {
      let (score, _) = trainer.step(
        [data.training.batch(at: number)], learningRate: 0.1
      ) { _ in Rectifier() }
      #expect(Float(score.loss) == search.trajectory.steps[number].trainLoss)
      #expect(search.trajectory.steps[number].phase == .warmStart)
    }
    let network = search.trainer.model
    #expect(network.namedParameters.map(\.value) == trainer.model.namedParameters.map(\.value))
    #expect(network.namedStatistics.map(\.value) == trainer.model.namedStatistics.map(\.value))
    #expect(zip(initial, search.architecture.slots).allSatisfy { $0.weights != $1.weights })

  }

  @Test("after the warm start the weights train with the sampled cell")
  func afterWarmStart() throws {
    var configuration = TinySearch.configuration()
    var search = try TinySearch.search(configuration)
    try search.run(steps: 4)
    #expect(search.trajectory.steps.map(\.phase) == [.warmStart, .warmStart, .warmStart, .search])
    configuration.warmStartEpochs = 0
    var cold = try TinySearch.search(configuration)
    try cold.run(steps: 1)
    #expect(cold.trajectory.steps[0].phase == .search)
    #expect(cold.trajectory.steps[0].trainLoss != search.trajectory.steps[0].trainLoss)
    #expect(cold.trajectory.steps[0].validationLoss == search.trajectory.steps[0].validationLoss)
  }

  /// Adam makes steps of nearly the same size of small and of large gradients, so it also magnifies
  /// what the curve adds to the small ones: measured 0.025 to 0.075 of the way that α has gone, and
  /// 5e−3 of a loss.
  @Test("the exact path gives nearly the same α, weights and losses")
  func exactPath() throws {
    var searches = try [false, true].map { isExact in
      var configuration = TinySearch.configuration()
      configuration.isExact = isExact
      configuration.warmStartEpochs = 0
      configuration.recipe.learningRate = 0.01
      return try TinySearch.search(configuration)
    }
    for index in searches.indices { try searches[index].run(steps: 3) }
    let (curve, exact) = (searches[0], searches[1])
    let initial = try TinySearch.search(TinySearch.configuration()).architecture.slots
    for (index, slot) in exact.architecture.slots.enumerated() {
      let start = initial[index].weights.scalars
      let byCurve = zip(curve.architecture.slots[index].weights.scalars, start).map { $0 - $1 }
      let byExact = zip(slot.weights.scalars, start).map { $0 - $1 }
      let difference = norm(zip(byCurve, byExact).map { $0 - $1 }) / norm(byExact)
      #expect(difference < 0.1 && byCurve != byExact, "\(slot.name): \(difference)")
    }
    for (first, second) in zip(curve.trajectory.steps, exact.trajectory.steps) {
      let losses = [first.trainLoss, first.validationLoss].map(Double.init)
      let expected = [second.trainLoss, second.validationLoss].map(Double.init)
      #expect(mismatch(losses, expected, relative: 0.01) == nil)
    }
  }

  private func norm(_ numbers: [Double]) -> Double {
    numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
