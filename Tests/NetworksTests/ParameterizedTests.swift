import Activations
import Autodiff
import Networks
import TestSupport
import Tensors
import Testing
import Training

@Suite("Parameters of a network")
struct ParameterizedTests {
  private let device = Device(threads: 1)

  private func network(depth: Int = 8, channels: Int = 2, classes: Int = 3) -> ResidualNetwork {
    var stream = RandomStream(seed: 5, purpose: "test")
    return ResidualNetwork(
      depth: depth, channels: channels, classes: classes, stream: &stream)
  }

  private func loss(_ network: inout ResidualNetwork, _ tape: Tape) -> Variable<Float> {
    let images: Tensor<Float> = randomTensor([4, 6, 5, 2], seed: 1)
    let logits = network(images, on: tape, activation: Rectifier(), phase: .training)
    return crossEntropy(logits, labels: [0, 1, 2, 1])
  }

  @Test("names are PyTorch's, each once; statistics have names of their own")
  func names() {
    let network = network(depth: 14)
    let names = network.namedParameters.map(\.name)
    #expect(
      names.prefix(9) == [
        "conv1.weight", "bn1.weight", "bn1.bias", "layer1.0.conv1.weight",
        "layer1.0.bn1.weight", "layer1.0.bn1.bias", "layer1.0.conv2.weight",
        "layer1.0.bn2.weight", "layer1.0.bn2.bias",
      ])
    #expect(names.suffix(3) == ["layer3.1.bn2.bias", "linear.weight", "linear.bias"])
    #expect(names.count == 3 + 6 * 6 + 2)
    let statistics = network.namedStatistics.map(\.name)
    #expect(statistics.prefix(2) == ["bn1.running_mean", "bn1.running_var"])
    #expect(statistics.suffix(2) == ["layer3.1.bn2.running_mean", "layer3.1.bn2.running_var"])
    #expect(statistics.count == 2 * 13)
    #expect(Set(names + statistics).count == names.count + statistics.count)
  }

  @Test("activation sites are numbered in the order of a pass, with their channels")
  func sites() {
    /// Notes the channels that pass every site.
    final class Recorder: Activation {
      var seen: [(site: Int, channels: Int)] = []
      func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float> {
        seen.append((site, input.shape.columns))
        return input
      }
    }
    var network = network(depth: 14)
    let recorder = Recorder()
    let tape = Tape(device: device)
    _ = network(
      Tensor(zeros: [1, 8, 8, 2]), on: tape, activation: recorder, phase: .inference)
    let sites = network.activationSites
    #expect(recorder.seen.map(\.site) == Array(sites.indices))
    #expect(recorder.seen.map(\.channels) == sites.map(\.channels))
    #expect(Set(sites.map(\.name)).count == sites.count)
    #expect(sites.map(\.stage) == [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
    #expect(sites[5].name == "layer2.0.act1" && sites[12].name == "layer3.1.act2")
  }

  @Test("the residual networks of the catalog have their sizes; other names give none")
  func catalog() throws {
    let catalog = ModelCatalog.builtIn
    let counts = [
      "resnet8": 75_002, "resnet20": 269_434, "resnet32": 463_866, "resnet44": 658_298,
      "resnet56": 852_730,
      "resnet110": 1_727_674,
    ]
    for (name, count) in counts {
      let entry = try #require(catalog.entry(named: name))
      var stream = RandomStream(seed: 0, purpose: "test")
      // A gray image has 288 weights less than a colored one.
      let model = try entry.make(for: .images(channels: 1), stream: &stream)
      #expect(model.parameterCount == count)
      #expect(catalog.entry(named: entry.name)?.name == entry.name)
    }
    #expect(
      catalog.names == [
        "resnet8", "resnet20", "resnet32", "resnet44", "resnet56", "resnet110", "preresnet56",
        "preresnet110", "preresnet164", "all-cnn-c", "lenet5", "plain-cnn", "wrn-n-k",
        "densenet-L-k",
      ])
    for name in catalog.examples {
      #expect(catalog.entry(named: name)?.name == name)
    }
    #expect(catalog.entry(named: "resnet21") == nil)
  }

  @Test("initial weights have mean 0 and He's variance; the same stream gives the same weights")
  func initialization() {
    let network = network(depth: 20, channels: 3, classes: 10)
    for (name, value) in network.namedParameters where value.shape.rank > 1 {
      let inputs =
        value.shape.rank == 4 ? value.count / value.shape[3] : value.shape.columns
      let numbers = value.scalars.map(Double.init)
      let count = Double(numbers.count)
      let square = numbers.reduce(0) { $0 + $1 * $1 } / count
      // Five standard errors: √(2 / n) of the variance, σ / √n of the mean.
      let variance = 2 / Double(inputs)
      #expect(abs(square / variance - 1) < 5 * (2 / count).squareRoot(), "\(name)")
      #expect(
        abs(numbers.reduce(0, +) / count) < 5 * (variance / count).squareRoot(), "\(name)")
    }
    let again = self.network(depth: 20, channels: 3, classes: 10)
    #expect(zip(network.namedParameters, again.namedParameters).allSatisfy { $0.value == $1.value })
  }

  @Test("only the network that is bound gets gradients, another in the same pass gets none")
  func binding() {
    var bound = network()
    var unbound = bound
    var constants: [Variable<Float>] = []
    let gradients = bound.gradients(on: device) { network, tape in
      let images: Tensor<Float> = randomTensor([4, 6, 5, 2], seed: 1)
      let logits = network(images, on: tape, activation: Rectifier(), phase: .training)
      let other = unbound(images, on: tape, activation: Rectifier(), phase: .training)
      #expect(logits.needsGradient && !other.needsGradient)
      unbound.visitParameters { constants.append($1.variable(on: tape)) }
      return crossEntropy(addition(logits, other), labels: [0, 1, 2, 1])
    }
    #expect(gradients.count == bound.namedParameters.count)
    #expect(gradients.allSatisfy { $0.scalars.contains { $0 != 0 } })
    #expect(constants.allSatisfy { !$0.needsGradient && $0.gradient == nil })
    // Afterwards the network is released: a pass of its own records nothing.
    let tape = Tape(device: device)
    #expect(!loss(&bound, tape).needsGradient)
  }

  @Test("a copy taken during a pass is a network like any other when the pass is over")
  func copyOfABoundNetwork() {
    var network = network()
    var copy = network
    let gradients = network.gradients(on: device) { network, tape in
      copy = network
      return loss(&network, tape)
    }
    let tape = Tape(device: device)
    #expect(!loss(&copy, tape).needsGradient)
    // Only statistics have moved, which do not matter to a pass in the training phase.
    let again = copy.gradients(on: device) { loss(&$0, $1) }
    #expect(again == gradients)
  }

  @Test("a loss that does not depend on a parameter has gradient 0 by it")
  func independent() {
    var network = network()
    let gradients = network.gradients(on: device) { _, tape in
      tape.constant(Tensor([1], []))
    }
    for (gradient, parameter) in zip(gradients, network.namedParameters) {
      #expect(gradient == Tensor(zeros: parameter.value.shape))
    }
  }

  @Test("training a copy leaves the original's bits as they were")
  func valueSemantics() {
    let original = network()
    let before = original.namedParameters + original.namedStatistics
    let bits = before.map { $0.value.scalars.map(\.bitPattern) }
    var copy = original
    var optimizer = StochasticGradientDescent(momentum: 0.9, weightDecay: 0.1)
    for _ in 0..<2 {
      let gradients = copy.gradients(on: device) { loss(&$0, $1) }
      optimizer.step(&copy, gradients: gradients, learningRate: 0.1, on: device)
    }
    let after = original.namedParameters + original.namedStatistics
    #expect(after.map { $0.value.scalars.map(\.bitPattern) } == bits)
    let moved = copy.namedParameters + copy.namedStatistics
    #expect(zip(moved, after).allSatisfy { $0.value != $1.value })
  }

  @Test("a depth that is not 6n + 2 is refused")
  func depth() async {
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(seed: 0, purpose: "test")
      _ = ResidualNetwork(depth: 18, channels: 3, classes: 10, stream: &stream)
    }
  }
}
