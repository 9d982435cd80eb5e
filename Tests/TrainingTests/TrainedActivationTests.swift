import Activations
import Autodiff
import Datasets
import Training
import Files
import Foundation
import Networks
import Tensors
import TestSupport
import Testing

@Suite("Trained activations")
struct TrainedActivationTests {
  private let images = stripedImages(count: 48, seed: 1)
  private static let swish = ActivationExpression(of: ElementaryOperation(Swish.self))
  private static let prelu = ActivationExpression(of: ElementaryOperation(PReLU.self))

  private func batches() throws -> ImageBatches {
    try ImageBatches(
      shuffling: images, indices: 0..<images.count, batchSize: 16,
      normalization: Normalization(statisticsOf: images), seed: 3, purpose: "training")
  }

  private func training(
    _ activation: some NetworkActivation, threads: Int = 2
  ) throws -> TrainingLoop<ResidualNetwork> {
    var recipe = TrainingRecipe(epochs: 2, batchSize: 16)
    recipe.schedule = .cosine
    return TrainingLoop(
      smallNetwork(), recipe: recipe, batches: try batches(),
      device: Device(threads: threads), activation: activation)
  }

  private func activation(_ functions: ActivationExpression...) -> TrainedActivation {
    TrainedActivation(functions, sites: smallNetwork().activationSites)
  }

  /// Visits no parameters, so that none is trained.
  private struct Frozen: NetworkActivation {
    let wrapped: TrainedActivation
    func activation(on tape: Tape) -> any Activation { wrapped.activation(on: tape) }
    mutating func visit(_ visit: (String, inout Parameter) -> Void) {}
  }

  /// Has parameters, but an infinite gradient.
  private struct Steep: NetworkActivation {
    var wrapped: TrainedActivation
    func activation(on tape: Tape) -> any Activation { SteepActivation() }
    mutating func visit(_ visit: (String, inout Parameter) -> Void) { wrapped.visit(visit) }
  }

  @Test("every site has a scalar of its own, named as PyTorch's, that starts as published")
  func parameters() throws {
    let sites = smallNetwork().activationSites.map(\.name)
    #expect(sites.count == 7)
    let starts: [(ActivationExpression, Float)] = [(Self.prelu, 0.25), (Self.swish, 1)]
    for (function, start) in starts {
      let parameters = activation(function).namedParameters
      #expect(parameters.map(\.name) == sites.map { "\($0).weight" })
      #expect(parameters.allSatisfy { $0.value == Tensor([start]) })
    }
    // Two scalars, called as in the text, whichever way the tree has them.
    let written = try PlacedFunction(parsing: "β1 = 3 * swish(x, β2 = 7)")
    let named = try written.activation(at: smallNetwork().activationSites).namedParameters.prefix(2)
    #expect(
      Dictionary(uniqueKeysWithValues: named.map { ($0.name, $0.value.scalars) }) == [
        "act1.beta1": [3], "act1.beta2": [7],
      ])
    let two = ActivationExpression.node(
      .init(ElementaryOperation(Mix.self), scalars: [.open(start: nil)], [Self.prelu, .input]))
    #expect(
      activation(two).namedParameters.prefix(2).map(\.name) == ["act1.beta1", "act1.beta2"])
    #expect(
      activation(two).namedParameters.prefix(2).map(\.value) == [Tensor([0.25]), Tensor([0])])
    let given = ActivationExpression(ElementaryOperation(PReLU.self), scalars: [0.5], .input)
    #expect(activation(given).namedParameters.isEmpty)
  }

  @Test("functions of stages: only those with an open scalar have parameters, at their sites")
  func stages() throws {
    let sites = smallNetwork().activationSites
    let relu = ActivationExpression(of: ElementaryOperation(ReLU.self))
    let activation = TrainedActivation(
      [relu, Self.prelu, Self.swish], functionOfSite: sites.map(\.stage), sites: sites)
    #expect(
      activation.namedParameters.map(\.name)
        == sites.filter { $0.stage > 0 }.map { "\($0.name).weight" })
    var training = try training(activation)
    let isFinite = training.run { _ in }
    #expect(isFinite)
    for (parameter, start) in zip(training.activation.namedParameters, [0.25, 0.25, 1, 1]) {
      #expect(parameter.value.scalars[0] != Float(start), "\(parameter.name)")
    }
  }

  @Test("gradients by the scalars agree with differences of the loss", arguments: [0, 1, 2])
  func gradients(number: Int) throws {
    let functions = [
      Self.prelu, Self.swish,
      .init(
        ElementaryOperation(Multiplication.self),
        .init(of: ElementaryOperation(Scale.self)), Self.swish),
    ]
    let network = PlainNetwork()
    let batch = try batches().batch(at: 0)
    let device = Device(threads: 2)
    var model = ActivatedNetwork(
      network: network,
      activation: TrainedActivation([functions[number]], sites: network.activationSites))
    func loss(_ model: inout ActivatedNetwork<PlainNetwork, TrainedActivation>, _ tape: Tape)
      -> Variable<Float>
    {
      var score = Score()
      var pass = Pass(
        on: tape, activation: model.activation.activation(on: tape), phase: .training)
      return model.network.loss(of: batch, score: &score, in: &pass)
    }
    let names = model.namedParameters.map(\.name)
    let gradients = model.gradients(on: device) { loss(&$0, $1) }
    let scalars = names.indices.filter { names[$0].hasPrefix("act") }
    #expect(scalars.count == (number == 2 ? 2 : 1))
    for index in scalars {
      var moved: [Double] = []
      for step: Float in [-0x1p-5, 0x1p-5] {
        var other = model
        other.visitParameters { name, parameter in
          if name == names[index] { parameter.value = Tensor([parameter.value.scalars[0] + step]) }
        }
        let tape = Tape(device: device)
        moved.append(Double(loss(&other, tape).value.scalars[0]))
      }
      let difference = (moved[1] - moved[0]) / 0x1p-4
      let gradient = Double(gradients[index].scalars[0])
      // The loss has single precision, 1e−7; the difference so 3e−6, and the step's square 1e−3.
      #expect(abs(gradient) > 1e-3, "\(names[index])")
      #expect(
        abs(gradient - difference) <= 2e-3 * abs(difference) + 1e-5,
        "\(names[index]): \(gradient) against \(difference)")
    }
  }

  @Test("scalars of the network are one, of channels as many as there are", arguments: [0, 1])
  func placements(number: Int) throws {
    let function = try PlacedFunction(parsing: "β1 * swish(x, β2 = 1.5)")
    let sites = smallNetwork().activationSites
    let (placement, counts): (ScalarPlacement, [Int]) =
      number == 0
      ? (.network, [1, 1]) : (.channel, sites.flatMap { [$0.channels, $0.channels] })
    var training = try training(function.sharing(placement).activation(at: sites))
    let before = training.activation.namedParameters
    #expect(before.map(\.value.count) == counts)
    #expect(Set(before.map(\.name)).count == counts.count)
    let isFinite = training.run { _ in }
    #expect(isFinite)
    for (parameter, start) in zip(training.activation.namedParameters, before) {
      let moved = zip(parameter.value.scalars, start.value.scalars).map { $0 != $1 }
      #expect(moved.allSatisfy { $0 }, "\(parameter.name)")
      #expect(Set(parameter.value.scalars).count == parameter.value.count, "each its own")
    }
  }

  @Test(
    "channels whose scalars are alike compute what the site's do; their gradients add up to its")
  func alikeChannels() throws {
    let function = try PlacedFunction(parsing: "mix(gelu(x), β1 * tanh(x), β2 = 0.3)")
    let network = PlainNetwork()
    let batch = try batches().batch(at: 0)
    let results = try [ScalarPlacement.site, .channel, .network].map { placement in
      var model = ActivatedNetwork(
        network: network,
        activation: try function.sharing(placement).activation(at: network.activationSites))
      var value: Float = 0
      let gradients = model.gradients(on: Device(threads: 2)) { model, tape in
        var score = Score()
        var pass = Pass(
          on: tape, activation: model.activation.activation(on: tape), phase: .training)
        let loss = model.network.loss(of: batch, score: &score, in: &pass)
        value = loss.value.scalars[0]
        return loss
      }
      let names = model.namedParameters.map(\.name)
      let scalars = zip(names, gradients).filter { $0.0.hasPrefix("act") }.map { $0.1 }
      return (value, scalars.map { Double($0.scalars.reduce(0, +)) })
    }
    #expect(results[1].0 == results[0].0 && results[2].0 == results[0].0)
    #expect(results[0].1.count == 2 && results[0].1.allSatisfy { abs($0) > 1e-3 })
    for result in results.dropFirst() {
      #expect(mismatch(result.1, results[0].1, absolute: 1e-7, relative: 1e-4) == nil)
    }
  }

  @Test("training moves every scalar, to the same bits on 1, 2 and 3 threads")
  func threads() throws {
    var results: [[[UInt32]]] = []
    for threads in 1...3 {
      var training = try training(activation(Self.swish), threads: threads)
      let isFinite = training.run { _ in }
      #expect(isFinite)
      let scalars = training.activation.namedParameters.map { $0.value.scalars[0] }
      #expect(scalars.allSatisfy { $0 != 1 } && Set(scalars).count == scalars.count)
      results.append(bits(training.trainer.model) + [scalars.map(\.bitPattern)])
    }
    #expect(results[1] == results[0] && results[2] == results[0])
  }

  @Test("with its scalars frozen, training is that with the fixed function", arguments: [0, 1])
  func frozen(number: Int) throws {
    let primitives: [any UnaryFunction.Type] = [PReLU.self, Swish.self]
    let operation = ElementaryOperation(primitives[number])
    let scalar = try #require(operation.meanScalars.first)
    var frozen = try training(Frozen(wrapped: activation(.init(of: operation))))
    var fixed = try training(
      FixedActivation { tape in
        CurveActivation(grid: CurveGrid(), on: tape) { operation.value($0, scalars: [scalar]) }
      })
    var given = try training(activation(.init(operation, scalars: [scalar], .input)))
    var trained = try training(activation(.init(of: operation)))
    _ = frozen.run { _ in }
    _ = fixed.run { _ in }
    _ = given.run { _ in }
    _ = trained.run { _ in }
    func parameters(_ training: TrainingLoop<ResidualNetwork>) -> [Tensor<Float>] {
      training.trainer.model.namedParameters.map(\.value)
    }
    #expect(parameters(frozen) == parameters(fixed) && parameters(given) == parameters(fixed))
    #expect(parameters(trained) != parameters(fixed))
  }

  @Test("weight decay draws the weights to 0, not the scalars")
  func decay() throws {
    var model = ActivatedNetwork(network: smallNetwork(), activation: activation(Self.swish))
    var optimizer = StochasticGradientDescent(momentum: 0, weightDecay: 0.5)
    let before = model.namedParameters
    optimizer.step(
      &model, gradients: before.map { Tensor(zeros: $0.value.shape) }, learningRate: 1,
      on: Device(threads: 1))
    for (after, before) in zip(model.namedParameters, before) {
      let factor: Float = before.name.contains("act") ? 1 : 0.5
      #expect(
        after.value.scalars == before.value.scalars.map { $0 * factor }, "\(before.name)")
    }
  }

  @Test("a step that is not finite moves no scalar")
  func notFinite() throws {
    var trainer = Trainer(
      model: smallNetwork(), optimizer: StochasticGradientDescent(momentum: 0, weightDecay: 0),
      device: Device(threads: 1))
    var steep = Steep(wrapped: activation(Self.swish))
    let isFinite = trainer.step(
      [try batches().batch(at: 0)], learningRate: 0.1, activation: &steep
    ).isFinite
    #expect(!isFinite)
    #expect(steep.namedParameters.count == 7)
    #expect(steep.namedParameters.allSatisfy { $0.value == Tensor([1]) })
    #expect(bits(trainer.model) == bits(smallNetwork()))
  }

  @Test("stopped after any step, a training goes on with its scalars and their velocities")
  func checkpoints() throws {
    func state(_ training: TrainingLoop<ResidualNetwork>) throws -> Data {
      var checkpoint = try training.checkpoint()
      checkpoint.entries["position.elapsed_seconds"] = nil
      return checkpoint.bytes
    }
    var whole = try training(activation(Self.prelu))
    var stops: [Checkpoint] = [try whole.checkpoint()]
    _ = try whole.run { training, _ in stops.append(try training.checkpoint()) }
    #expect(stops.count == 7)
    #expect(stops[1].names.contains("activation.act1.weight"))
    #expect(stops[1].names.contains("optimizer.velocity.act1.weight"))
    for stop in stops {
      var rest = try training(activation(Self.prelu), threads: 1)
      try rest.restore(stop)
      let isFinite = rest.run { _ in }
      #expect(isFinite)
      #expect(try state(rest) == state(whole))
    }
    var other = try training(FixedActivation { _ in Rectifier() })
    #expect(throws: CheckpointMismatch.self) { try other.restore(stops[1]) }
  }
}
