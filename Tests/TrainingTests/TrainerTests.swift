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

  private func sequence(batchSize: Int) throws -> ImageBatches {
    try ImageBatches(
      inOrder: images, indices: 0..<images.count, batchSize: batchSize,
      normalization: Normalization(statisticsOf: images))
  }

  private func velocities(_ trainer: Trainer<ResidualNetwork>) throws -> [Tensor<Float>] {
    try #require(trainer.optimizer as? StochasticGradientDescent).velocities
  }

  @Test("a step moves the weights by the optimizer's rule and scores the batch before it")
  func step() throws {
    let batch = try sequence(batchSize: 8).batch(at: 0)
    var (network, optimizer) = (smallNetwork(), optimizer)
    var trainer = Trainer(model: network, optimizer: optimizer, device: device)
    let (score, _) = trainer.step([batch], learningRate: 0.05) { _ in Rectifier() }
    var expected = Score()
    let gradients = network.gradients(on: device) { network, tape in
      var pass = Pass(on: tape, activation: Rectifier(), phase: .training)
      return network.loss(of: batch, score: &expected, in: &pass)
    }
    optimizer.step(&network, gradients: gradients, learningRate: 0.05, on: device)
    #expect(score == expected && score.count == 8 && score.loss.isFinite)
    #expect(bits(trainer.model) == bits(network))
    #expect(bits(trainer.model) != bits(smallNetwork()))
    #expect(try velocities(trainer) == optimizer.velocities)
  }

  @Test("batches of one step: the mean of their gradients, each normalized by itself")
  func accumulation() throws {
    let halves = try sequence(batchSize: 8)
    var (network, optimizer) = (smallNetwork(), optimizer)
    var trainer = Trainer(model: network, optimizer: optimizer, device: device)
    let (score, _) = trainer.step(
      [halves.batch(at: 0), halves.batch(at: 1)], learningRate: 0.05
    ) { _ in Rectifier() }
    var expected = Score()
    let parts = (0..<2).map { number in
      network.gradients(on: device) { network, tape in
        var pass = Pass(on: tape, activation: Rectifier(), phase: .training)
        return network.loss(of: halves.batch(at: number), score: &expected, in: &pass)
      }
    }
    let mean = zip(parts[0], parts[1]).map { first, second in
      Tensor(zip(first.scalars, second.scalars).map { ($0 + $1) / 2 }, first.shape)
    }
    optimizer.step(&network, gradients: mean, learningRate: 0.05, on: device)
    #expect(score == expected && score.count == 16)
    #expect(bits(trainer.model) == bits(network))
  }

  @Test("longer gradients are scaled down to the clip, all tensors together, after their mean")
  func clip() throws {
    let halves = try sequence(batchSize: 8)
    let batches = [halves.batch(at: 0), halves.batch(at: 1)]
    let plain = StochasticGradientDescent(momentum: 0, weightDecay: 0)
    func step(clip: Double?) -> [Tensor<Float>] {
      var trainer = Trainer(
        model: smallNetwork(), optimizer: plain, gradientClip: clip, device: device)
      _ = trainer.step(batches, learningRate: 1) { _ in Rectifier() }
      return zip(smallNetwork().namedParameters, trainer.model.namedParameters).map { old, new in
        Tensor(zip(old.value.scalars, new.value.scalars).map { $0 - $1 }, old.value.shape)
      }
    }
    let whole = step(clip: nil)
    let length = whole.reduce(0) { $0 + $1.sumOfSquares }.squareRoot()
    #expect(length > 0.1)
    for (moved, gradient) in zip(step(clip: length / 4), whole) {
      let expected = Tensor(gradient.scalars.map { $0 / 4 }, gradient.shape)
      // Differences of rounded weights, which are at most 1 or so.
      #expect(mismatch(moved, expected, absolute: 3e-7) == nil)
    }
    #expect(step(clip: 2 * length) == whole)
  }

  @Test("without normalization, three parts of a batch make the step of the whole")
  func partsOfABatch() throws {
    let (whole, parts) = (try sequence(batchSize: 24), try sequence(batchSize: 8))
    var together = Trainer(model: PlainNetwork(), optimizer: optimizer, device: device)
    var apart = together
    let (score, _) = together.step([whole.batch(at: 0)], learningRate: 0.5) { _ in Rectifier() }
    let (other, _) = apart.step(
      (0..<3).map { parts.batch(at: $0) }, learningRate: 0.5
    ) { _ in Rectifier() }
    #expect(score.correct == other.correct)
    #expect(mismatch([other.loss], [score.loss], relative: 1e-6) == nil)
    // The same sums in another order.
    for (first, second) in zip(apart.model.namedParameters, together.model.namedParameters) {
      #expect(mismatch(first.value, second.value, relative: 2e-6) == nil, "\(first.name)")
    }
  }

  @Test("a gradient that is not finite moves nothing either, though the loss is finite")
  func notFiniteGradient() throws {
    var trainer = Trainer(model: smallNetwork(), optimizer: optimizer, device: device)
    let before = trainer
    let (score, isFinite) = trainer.step(
      [try sequence(batchSize: 8).batch(at: 0)], learningRate: 0.1
    ) { _ in SteepActivation() }
    #expect(score.loss.isFinite && !isFinite)
    #expect(bits(trainer.model) == bits(before.model))
  }

  @Test(
    "a loss that is not finite moves neither weights, statistics nor velocities",
    arguments: [1, 2])
  func notFinite(batches: Int) throws {
    let sequence = try sequence(batchSize: 8)
    var trainer = Trainer(model: smallNetwork(), optimizer: optimizer, device: device)
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
    for (after, kept) in zip(trainer.model.namedParameters, before.model.namedParameters) {
      #expect(after.value == kept.value, "\(after.name)")
    }
    for (after, kept) in zip(trainer.model.namedStatistics, before.model.namedStatistics) {
      #expect(after.value == kept.value, "\(after.name)")
    }
    #expect(try velocities(trainer) == velocities(before))
  }

  @Test("scoring sees every image once, by the running statistics, and changes nothing")
  func scoring() throws {
    var trainer = Trainer(model: smallNetwork(), optimizer: optimizer, device: device)
    _ = trainer.step([try sequence(batchSize: 8).batch(at: 0)], learningRate: 0.05) { _ in
      Rectifier()
    }
    let before = bits(trainer.model)
    // 24 images in batches of 7: the last one has 3.
    let score = trainer.score(on: try sequence(batchSize: 7)) { _ in Rectifier() }
    let whole = trainer.score(on: try sequence(batchSize: 24)) { _ in Rectifier() }
    #expect(score.count == 24 && whole.count == 24)
    #expect(score.correct == whole.correct)
    // With running statistics the cut into batches matters only for rounding.
    #expect(mismatch([score.loss], [whole.loss], relative: 1e-6) == nil)
    #expect(bits(trainer.model) == before)
  }
}
