import Activations
import Autodiff
import Datasets
import Training
import Networks
import TestSupport
import Tensors
import Testing

@Suite("Trainer")
struct TrainerTests {
  private let device = Device(threads: 1)
  private let optimizer = StochasticGradientDescent(momentum: 0.9, weightDecay: 0.1)
  private let images = stripedImages(count: 24, seed: 1)

  private func sequence(batchSize: Int) throws -> BatchSequence {
    try BatchSequence(
      inOrder: images, indices: 0..<images.count, batchSize: batchSize,
      normalization: Normalization(statisticsOf: images))
  }

  @Test("a step moves the weights by the optimizer's rule and scores the batch before it")
  func step() throws {
    let batch = try sequence(batchSize: 8).batch(at: 0)
    var (network, optimizer) = (smallNetwork(), optimizer)
    var trainer = Trainer(network: network, optimizer: optimizer, device: device)
    let (score, _) = trainer.step([batch], learningRate: 0.05) { _ in Rectifier() }
    var expected = Score()
    let gradients = network.gradients(on: device) { network, tape in
      network.loss(of: batch, activation: Rectifier(), score: &expected, on: tape)
    }
    optimizer.step(&network, gradients: gradients, learningRate: 0.05, device: device)
    #expect(score == expected && score.count == 8 && score.loss.isFinite)
    #expect(bits(trainer.network) == bits(network))
    #expect(bits(trainer.network) != bits(smallNetwork()))
    #expect(trainer.optimizer.velocities == optimizer.velocities)
  }

  @Test("batches of one step: the mean of their gradients, each normalized by itself")
  func accumulation() throws {
    let halves = try sequence(batchSize: 8)
    var (network, optimizer) = (smallNetwork(), optimizer)
    var trainer = Trainer(network: network, optimizer: optimizer, device: device)
    let (score, _) = trainer.step(
      [halves.batch(at: 0), halves.batch(at: 1)], learningRate: 0.05
    ) { _ in Rectifier() }
    var expected = Score()
    let parts = (0..<2).map { number in
      network.gradients(on: device) { network, tape in
        network.loss(
          of: halves.batch(at: number), activation: Rectifier(), score: &expected, on: tape)
      }
    }
    let mean = zip(parts[0], parts[1]).map { first, second in
      Tensor(zip(first.scalars, second.scalars).map { ($0 + $1) / 2 }, first.shape)
    }
    optimizer.step(&network, gradients: mean, learningRate: 0.05, device: device)
    #expect(score == expected && score.count == 16)
    #expect(bits(trainer.network) == bits(network))
  }

  @Test("without normalization, three parts of a batch make the step of the whole")
  func partsOfABatch() throws {
    let (whole, parts) = (try sequence(batchSize: 24), try sequence(batchSize: 8))
    var together = Trainer(network: PlainNetwork(), optimizer: optimizer, device: device)
    var apart = together
    let (score, _) = together.step([whole.batch(at: 0)], learningRate: 0.5) { _ in Rectifier() }
    let (other, _) = apart.step(
      (0..<3).map { parts.batch(at: $0) }, learningRate: 0.5
    ) { _ in Rectifier() }
    #expect(score.correct == other.correct)
    #expect(mismatch([other.loss], [score.loss], relative: 1e-6) == nil)
    // The same sums in another order.
    for (first, second) in zip(apart.network.namedParameters, together.network.namedParameters) {
      #expect(mismatch(first.value, second.value, relative: 2e-6) == nil, "\(first.name)")
    }
  }

  @Test("a gradient that is not finite moves nothing either, though the loss is finite")
  func notFiniteGradient() throws {
    var trainer = Trainer(network: smallNetwork(), optimizer: optimizer, device: device)
    let before = trainer
    let (score, isFinite) = trainer.step(
      [try sequence(batchSize: 8).batch(at: 0)], learningRate: 0.1
    ) { _ in SteepActivation() }
    #expect(score.loss.isFinite && !isFinite)
    #expect(bits(trainer.network) == bits(before.network))
  }

  @Test(
    "a loss that is not finite moves neither weights, statistics nor velocities",
    arguments: [1, 2])
  func notFinite(batches: Int) throws {
    let sequence = try sequence(batchSize: 8)
    var trainer = Trainer(network: smallNetwork(), optimizer: optimizer, device: device)
    _ = trainer.step([sequence.batch(at: 0)], learningRate: 0.1) { _ in Rectifier() }
    let before = trainer
    var passes = 0
    let (score, _) = trainer.step(
      (0..<batches).map { sequence.batch(at: $0) }, learningRate: 0.1
    ) { _ -> any Activation in
      passes += 1
      return passes == batches ? UndefinedActivation() : Rectifier()
    }
    #expect(score.loss.isNaN && passes == batches)
    for (after, kept) in zip(trainer.network.namedParameters, before.network.namedParameters) {
      #expect(after.value == kept.value, "\(after.name)")
    }
    for (after, kept) in zip(trainer.network.namedStatistics, before.network.namedStatistics) {
      #expect(after.value == kept.value, "\(after.name)")
    }
    #expect(trainer.optimizer.velocities == before.optimizer.velocities)
  }

  @Test("scoring sees every image once, by the running statistics, and changes nothing")
  func scoring() throws {
    var trainer = Trainer(network: smallNetwork(), optimizer: optimizer, device: device)
    _ = trainer.step([try sequence(batchSize: 8).batch(at: 0)], learningRate: 0.05) { _ in
      Rectifier()
    }
    let before = bits(trainer.network)
    // 24 images in batches of 7: the last one has 3.
    let score = trainer.score(on: try sequence(batchSize: 7)) { _ in Rectifier() }
    let whole = trainer.score(on: try sequence(batchSize: 24)) { _ in Rectifier() }
    #expect(score.count == 24 && whole.count == 24)
    #expect(score.correct == whole.correct)
    // With running statistics the cut into batches matters only for rounding.
    #expect(mismatch([score.loss], [whole.loss], relative: 1e-6) == nil)
    #expect(bits(trainer.network) == before)
  }
}
