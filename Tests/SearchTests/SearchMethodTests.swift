import Activations
import Autodiff
import Foundation
import Networks
import Search
import TestSupport
import Tensors
import Testing

@Suite("Search methods and their parts")
struct SearchMethodTests {
  private let alpha = [0.3, -1.2, 0.0, 2.1]

  @Test("a softmax and its gradient are those of the definition", arguments: [1, 3])
  func softmax(samples: Int) {
    let relaxation = SoftmaxRelaxation()
    let upstream = (0..<samples * 4).map { 0.5 - Double($0 % 5) * 0.3 }
    func loss(_ alpha: [Double]) -> Double {
      let powers = alpha.map { exp($0) }
      let sum = powers.reduce(0, +)
      return upstream.enumerated().reduce(0) { $0 + $1.element * powers[$1.offset % 4] / sum }
    }
    let tape = Tape(device: Device(threads: 1))
    let variable = tape.parameter(Tensor(alpha))
    var stream = RandomStream(seed: 1, purpose: "test")
    let before = stream
    let weights = relaxation.weights(variable, samples: samples, stream: &stream)
    #expect(stream == before, "a softmax draws nothing")
    #expect(weights.shape == [samples, 4])
    tape.pullBack(
      from: tape.record(Tensor<Double>([0], []), from: [weights]) { _ in
        weights.accumulate(Tensor(upstream, [samples, 4]))
      })
    let expected = alpha.indices.map { index in
      func moved(_ step: Double) -> Double {
        var alpha = alpha
        alpha[index] += step
        return loss(alpha)
      }
      return (moved(1e-5) - moved(-1e-5)) / 2e-5
    }
    #expect(
      mismatch(variable.gradient?.scalars ?? [], expected, absolute: 1e-9) == nil)
  }

  @Test("expected weights have the gradient of the definition")
  func meanGradient() {
    let upstream = [0.7, -0.4, 1.1, 0.2]
    for relaxation in [DirichletRelaxation(), SoftmaxRelaxation()] as [any Relaxation] {
      let tape = Tape(device: Device(threads: 1))
      // Away from 0, where the slope of elu has a kink.
      let alpha = [0.3, -1.2, 0.5, 2.1]
      let variable = tape.parameter(Tensor(alpha))
      let means = relaxation.meanWeights(variable)
      #expect(mismatch(means.value.scalars, relaxation.meanWeights(alpha), absolute: 1e-15) == nil)
      tape.pullBack(
        from: tape.record(Tensor<Double>([0], []), from: [means]) { _ in
          means.accumulate(Tensor(upstream, [1, 4]))
        })
      let expected = alpha.indices.map { index in
        func moved(_ step: Double) -> Double {
          var alpha = alpha
          alpha[index] += step
          return zip(relaxation.meanWeights(alpha), upstream).reduce(0) { $0 + $1.0 * $1.1 }
        }
        return (moved(1e-5) - moved(-1e-5)) / 2e-5
      }
      #expect(mismatch(variable.gradient?.scalars ?? [], expected, absolute: 1e-9) == nil)
    }
  }

  /// Nothing else moves α: the first step of Adam goes against the divergence's gradient, which for
  /// concentrations below 1 is negative.
  @Test("the divergence from the uniform distribution draws concentrations to 1")
  func divergence() throws {
    func moved(_ weight: Double) throws -> [Double] {
      var configuration = SilentErrorTests.configuration(epochs: 4)
      configuration.architectureWeightDecay = 0
      configuration.method = .drnas(.init(divergenceWeight: weight))
      var search = try BilevelSearch(
        configuration, model: OneWeightClassifier(weight: 0.7),
        data: try PixelData.parts(training: 16, validation: 12, batchSize: 4),
        space: try SilentErrorTests.space(["identity", "tanh", "sigmoid"]),
        device: Device(threads: 1))
      try search.run(steps: 1)
      return search.architecture.slots[0].weights.scalars
    }
    let without = try moved(0)
    let with = try moved(1e6)
    #expect(with != without)
    // α starts at up to 1e−6, so c just above 1: all are drawn back, by the learning rate's length.
    #expect(with.allSatisfy { abs($0 + 0.05) < 1e-3 }, "\(with)")
  }

  @Test("architecture steps begin with their epoch")
  func architectureStart() throws {
    var configuration = TinySearch.configuration(epochs: 4)
    configuration.architectureStart = 1
    var search = try TinySearch.search(configuration)
    _ = try search.run { _ in }
    let steps = search.trajectory.steps
    #expect(steps.prefix(6).map(\.validationLoss.isNaN) == [true, true, true, false, false, false])
    let history = search.trajectory.histories[0]
    #expect(history[0].alpha == history[2].alpha && history[2].alpha != history[3].alpha)
  }

  @Test("the warm start's activation is the one asked for, or the model's usual one")
  func warmStart() throws {
    func losses(_ activation: ElementaryOperation?, epochs: Int) throws -> [Float] {
      var configuration = TinySearch.configuration(epochs: 2)
      configuration.warmStartEpochs = epochs
      configuration.warmStartActivation = activation
      var search = try TinySearch.search(configuration)
      try search.run(steps: 2)
      return search.trajectory.steps.map(\.trainLoss)
    }
    let (relu, tanh) = (ElementaryOperation(ReLU.self), ElementaryOperation(HyperbolicTangent.self))
    #expect(try losses(relu, epochs: 1)[0] != losses(tanh, epochs: 1)[0])
    #expect(try losses(relu, epochs: 0) == losses(tanh, epochs: 0))
    #expect(TinySearch.network.usualActivation.name == relu.name)
    #expect(try losses(nil, epochs: 1) == losses(relu, epochs: 1))
  }

  @Test("each scope has its cells, and each cell learns")
  func scopes() throws {
    for (scope, cells) in [(ActivationScope.network, 1), (.stage, 3), (.site, 7)] {
      var configuration = TinySearch.configuration(epochs: 3)
      configuration.scope = scope
      var search = try TinySearch.search(configuration)
      #expect(search.architecture.cells.count == cells)
      let before = search.architecture.slots
      _ = try search.run { _ in }
      let slots = search.architecture.slots
      #expect(slots.count == 6 * cells)
      #expect(slots.allSatisfy { $0.alive.count == 1 })
      #expect(search.trajectory.drops.count == 104 * cells)
      for (old, new) in zip(before, slots) { #expect(old.weights != new.weights, "\(old.name)") }
      #expect(try search.architecture.function(within: .off).cells.count == cells)
      for cell in 0..<cells {
        #expect(
          try search.architecture.genotype(ofCell: cell).genes.map(\.slot)
            == ["u0", "u1", "b0", "u2", "u3", "b1"])
      }
    }
  }

  @Test("the mean weight over an epoch decides where it shall")
  func meanWeight() throws {
    var architecture = try ArchitectureTests.single(["tanh", "relu", "exp"], alpha: [1, 2, 3])
    architecture.beginWeightSums()
    for alpha in [[5.0, 0, 0], [0, 1, 0]] {
      architecture.slots[0].weights = Tensor(alpha)
      architecture.sumWeights(of: SoftmaxRelaxation())
    }
    architecture.slots[0].weights = Tensor([1, 2, 3])
    // Sums of softmax(5, 0, 0) and softmax(0, 1, 0).
    let large = exp(5.0) / (exp(5.0) + 2)
    let small = exp(1.0) / (exp(1.0) + 2)
    let expected = [
      large + (1 - small) / 2, (1 - large) / 2 + small, (1 - large) / 2 + (1 - small) / 2,
    ]
    #expect(mismatch(architecture.slots[0].weightSums ?? [], expected, absolute: 1e-12) == nil)
    #expect(architecture.slots[0].strongest == 0)
    #expect(architecture.dropWeakest()?.operation == "exp")
    architecture.slots[0].weightSums = nil
    #expect(architecture.slots[0].strongest == 1)
  }

  @Test("a search sums mean weights only where they decide", arguments: Discretization.allCases)
  func discretization(_ discretization: Discretization) throws {
    var configuration = TinySearch.configuration(epochs: 3)
    configuration.discretization = discretization
    var search = try TinySearch.search(configuration)
    try search.run(steps: 5)
    // Two steps of the second epoch, so sums of rows that sum to 1.
    let sums = search.architecture.slots.map { $0.weightSums?.reduce(0, +) }
    switch discretization {
    case .alpha, .loss: #expect(sums.allSatisfy { $0 == nil })
    case .meanWeight: #expect(sums.allSatisfy { abs(($0 ?? 0) - 2) < 1e-12 }, "\(sums)")
    }
  }

  @Test("the relaxed score is the last one with a choice", arguments: [true, false])
  func relaxedScore(shrinks: Bool) throws {
    var configuration = TinySearch.configuration(epochs: 4)
    configuration.shrinking = shrinks ? .stages([.init(epoch: 2, kept: 1)]) : .off
    var search = try TinySearch.search(configuration)
    var alive: [Int] = []
    _ = try search.run { search, state in
      if state.isEpochEnd { alive.append(search.architecture.operationsAlive) }
    }
    let relaxed = try #require(search.relaxedScore)
    if shrinks {
      #expect(alive == [110, 110, 6, 6])
      #expect(relaxed.loss == search.validationScores[1].loss)
    } else {
      // Scored before the choice; what is scored after it is another network.
      #expect(alive == [110, 110, 110, 6])
      #expect(relaxed.loss != search.validationScores[3].loss)
      #expect(relaxed.loss != search.validationScores[2].loss)
    }
  }

  @Test("each rule of bounding has its effect")
  func bounding() throws {
    let losses = try BoundingRule.allCases.map { rule in
      var configuration = TinySearch.configuration(epochs: 2)
      configuration.boundingRule = rule
      configuration.bound = 2
      var search = try TinySearch.search(configuration)
      try search.run(steps: 1)
      return search.trajectory.steps[0].validationLoss
    }
    #expect(Set(losses).count == 3, "\(losses)")
  }

  @Test("cell and operations are those of the configuration")
  func space() throws {
    var configuration = TinySearch.configuration(epochs: 3)
    configuration.cell = "u0(x) u1(u0) b0(u1, x)"
    configuration.operations = "pangaea u0=tanh,relu"
    var search = try TinySearch.search(configuration)
    #expect(search.architecture.slots.map(\.operations.count) == [2, 27, 7])
    let outcome = try search.run { _ in }
    #expect(outcome == .finished)
    #expect(["tanh", "relu"].contains(try search.architecture.genotype().genes[0].operation.name))
  }
}
