import Activations
import Autodiff
import Foundation
import Networks
import TestSupport
import Tensors
import Testing
import Training

/// What `Tests/References/networks.py` wrote, in PyTorch's layouts.
private struct NetworkReferences: Decodable {
  struct Pass: Decodable, Sendable {
    let name: String
    let salt: Int
    let batch: Int
    let height: Int
    let width: Int
    let channels: Int
    let classes: Int
    let rate: Double
    let names: [String]
    let loss: Double
    let logits: [Double]
    let gradients: [String: TensorDigest]
    let statistics: [String: [Double]]
    let lossAfter: Double
    let inference: [Double]
  }

  let networks: [Pass]
  let counts: [String: Int]
}

/// A model of images, in classes.
private typealias ImageModel = Model<Tensor<Float>, [Int32]>

/// The network of the catalog for images of a shape.
private func network(_ name: String, for shape: DataShape) throws -> any ImageModel {
  var stream = RandomStream(seed: 0, purpose: "test")
  let entry = try #require(ModelCatalog.builtIn.entry(named: name), "\(name)")
  return try #require(try entry.make(for: shape, stream: &stream) as? any ImageModel)
}

/// The small network that the script calls `name`.
private func smallNetwork(_ reference: NetworkReferences.Pass) throws -> any ImageModel {
  var stream = RandomStream(seed: 1, purpose: "unused")
  let (name, channels, classes) = (reference.name, reference.channels, reference.classes)
  if name == "preresnet8" || name == "preresnet11" {
    return PreActivationNetwork(
      depth: name == "preresnet8" ? 8 : 11, hasBottlenecks: name == "preresnet11",
      channels: channels, classes: classes, stream: &stream)
  }
  return try network(
    name,
    for: .images(
      height: reference.height, width: reference.width, channels: channels, classes: classes))
}

/// `x σ(x)`, without a kink where single precision may take the other side.
private struct SiLU: PointwiseFunction, Activation {
  func evaluate(_ x: UnsafePointer<Float>, count: Int, into y: UnsafeMutablePointer<Float>) {
    for index in 0..<count { y[index] = x[index] * sigmoid(x[index]) }
  }

  func differentiate(
    _ x: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>, count: Int,
    into slopes: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>?
  ) {
    for index in 0..<count {
      let s = sigmoid(x[index])
      slopes[index] = gradient[index] * s * (1 + x[index] * (1 - s))
    }
  }

  private func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }

  func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float> {
    pointwise(input, PointwiseOperation(self))
  }

  func callAsFunction(_ input: PreActivation, at site: Int) -> Variable<Float> {
    input.applying(PointwiseOperation(self))
  }
}

/// Notes which sites are called, in order, with how many channels.
private final class SiteRecorder: Activation {
  var seen: [(site: Int, channels: Int)] = []

  func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float> {
    seen.append((site, input.shape.columns))
    return rectification(input)
  }
}

@Suite("Network families and PyTorch")
struct NetworkReferenceTests {
  private let device = Device(threads: 2)

  private static func references() throws -> NetworkReferences {
    try decodedReference("networks.json", in: .module)
  }

  @Test("loss, logits, statistics, every gradient, and a step, as PyTorch has them")
  func passes() throws {
    let references = try Self.references().networks
    #expect(references.count == 7)
    for reference in references {
      try check(smallNetwork(reference), reference)
    }
  }

  private func check(_ network: some ImageModel, _ reference: NetworkReferences.Pass) throws {
    var network = network
    network.setHashedWeights(salt: reference.salt)
    #expect(network.namedParameters.map(\.name) == reference.names, "\(reference.name)")
    let shape: Shape = [reference.batch, reference.height, reference.width, reference.channels]
    let images = Tensor(
      placesInPyTorch(shape, isImage: true).map {
        uniform($0, salt: 1000 * reference.salt + 500, times: 3.0.squareRoot())
      }, shape)
    let labels = (0..<reference.batch).map {
      Int32(hashed($0, salt: 1000 * reference.salt + 600) % UInt32(reference.classes))
    }
    var values: [[Double]] = []
    func loss(_ network: inout some ImageModel, _ tape: Tape) -> Variable<Float> {
      let logits = network(images, on: tape, activation: SiLU(), phase: .training)
      let loss = crossEntropy(logits, labels: labels)
      values += [logits.value, loss.value].map { $0.scalars.map(Double.init) }
      return loss
    }
    let gradients = network.gradients(on: device) { loss(&$0, $1) }
    // Ten layers of single precision, 1e−6 each.
    #expect(
      mismatch(values[0], reference.logits, relative: 2e-5) == nil, "\(reference.name): logits")
    #expect(
      mismatch(values[1], [reference.loss], relative: 1e-5) == nil, "\(reference.name): loss")
    #expect(network.namedStatistics.count == reference.statistics.count)
    for (name, value) in network.namedStatistics {
      let text = mismatch(
        value.scalars.map(Double.init), reference.statistics[name] ?? [], absolute: 1e-6,
        relative: 2e-5)
      #expect(text == nil, "\(reference.name): \(name)")
    }
    // Forward and back, and sums over all pixels, some of which cancel: an offset that a
    // normalization follows has a gradient near 0.
    for (number, parameter) in network.namedParameters.enumerated() {
      let text = TensorDigest.disagreement(
        gradients[number], reference.gradients[parameter.name], number: number, relative: 2e-4,
        absolute: 2e-6)
      #expect(text == nil, "\(reference.name): \(parameter.name)")
    }
    // A plain step against the gradient: the loss falls, and as far as PyTorch's.
    var optimizer = StochasticGradientDescent(momentum: 0, weightDecay: 0)
    optimizer.step(
      &network, gradients: gradients, learningRate: reference.rate, on: device)
    let tape = Tape(device: device)
    _ = loss(&network, tape)
    #expect(mismatch(values[3], [reference.lossAfter], relative: 5e-5) == nil)
    #expect(values[3][0] < values[1][0], "\(reference.name)")
    let logits = network(images, on: tape, activation: SiLU(), phase: .inference)
    #expect(
      mismatch(logits.value.scalars.map(Double.init), reference.inference, relative: 1e-4) == nil,
      "\(reference.name): inference")
  }

  @Test("the published networks have as many parameters as in PyTorch")
  func counts() throws {
    let counts = try Self.references().counts
    #expect(counts.count == 11)
    for (name, count) in counts {
      let network = try network(name, for: .images())
      #expect(network.parameterCount == count, "\(name)")
    }
  }

  /// Papers give millions to one or two digits.
  @Test(
    "and as many as in the papers",
    arguments: [
      ("resnet110", 1.7, 110 - 1), ("preresnet110", 1.7, 2 * 54 + 1),
      ("preresnet164", 1.7, 163), ("wrn-28-10", 36.5, 25), ("wrn-16-2", 0.7, 13),
      ("wrn-40-4", 8.9, 37), ("densenet-100-12", 0.8, 99), ("all-cnn-c", 1.4, 8),
    ])
  func papers(name: String, millions: Double, sites: Int) throws {
    let network = try network(name, for: .images())
    #expect(abs(Double(network.parameterCount) / 1e6 - millions) <= 0.051)
    #expect(network.activationSites.count == sites)
  }

  @Test(
    "a pass calls every site once, in order, with its channels; any classes, gray and color",
    arguments: [
      ("preresnet56", 1, 10), ("preresnet164", 3, 100), ("wrn-10-1", 3, 2), ("wrn-16-2", 1, 47),
      ("densenet-22-4", 3, 26), ("all-cnn-c", 1, 10), ("lenet5", 3, 20), ("lenet5", 1, 10),
      ("resnet8", 1, 10), ("plain-cnn", 3, 20), ("plain-cnn", 1, 10),
    ])
  func sites(name: String, channels: Int, classes: Int) throws {
    let network = try network(name, for: .images(channels: channels, classes: classes))
    check(network, channels: channels, classes: classes)
  }

  private func check(_ network: some ImageModel, channels: Int, classes: Int) {
    var network = network
    let recorder = SiteRecorder()
    let tape = Tape(device: device)
    let images: Tensor<Float> = randomTensor([2, 32, 32, channels], seed: 1)
    let logits = network(images, on: tape, activation: recorder, phase: .training)
    #expect(logits.shape == [2, classes])
    let isFinite = logits.value.scalars.allSatisfy { $0.isFinite }
    #expect(isFinite)
    let sites = network.activationSites
    #expect(recorder.seen.map(\.site) == Array(sites.indices))
    #expect(recorder.seen.map(\.channels) == sites.map(\.channels))
    #expect(Set(sites.map(\.name)).count == sites.count)
    let stages = sites.map(\.stage)
    #expect(stages == stages.sorted() && Set(stages) == [0, 1, 2])
  }

  @Test(
    "names that no network has give none",
    arguments: [
      "wrn", "wrn-28", "wrn-27-10", "wrn-28-0", "wrn-28-21", "wrn-4-1", "wrn-028-10", "wrn-28-10-1",
      "wrn--28-10", "wrn-+28-10", "wrn-208-1", "wide-28-10", "densenet-100", "densenet-99-12",
      "densenet-100-61", "preresnet20", "",
    ])
  func unknown(name: String) {
    #expect(ModelCatalog.builtIn.entry(named: name) == nil)
  }

  @Test("sizes that no network has are refused")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(seed: 0, purpose: "test")
      _ = PreActivationNetwork(
        wideDepth: 27, factor: 1, channels: 3, classes: 10, stream: &stream)
    }
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(seed: 0, purpose: "test")
      _ = DenseNetwork(depth: 99, growth: 12, channels: 3, classes: 10, stream: &stream)
    }
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(seed: 0, purpose: "test")
      var network = LeNet(channels: 1, classes: 10, stream: &stream)
      let tape = Tape(device: Device(threads: 1))
      _ = network(
        Tensor(zeros: [1, 28, 28, 1]), on: tape, activation: Rectifier(), phase: .inference)
    }
  }
}
