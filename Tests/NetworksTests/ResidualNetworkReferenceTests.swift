import Activations
import Autodiff
import Networks
import TestSupport
import Tensors
import Testing
import Training

/// ResNet-20 against the same network in PyTorch, in double precision.
@Suite("ResNet-20 and PyTorch")
struct ResidualNetworkReferenceTests {
  private let reference: ResidualNetworkReference
  private var network: ResidualNetwork
  private let device = Device(threads: 2)

  init() throws {
    reference = try .read()
    var stream = RandomStream(seed: 1, purpose: "unused")
    network = ResidualNetwork(depth: 20, channels: 3, classes: 10, stream: &stream)
    network.setHashedWeights(salt: reference.salt)
  }

  private func images(_ step: Int) -> Tensor<Float> {
    let shape: Shape = [reference.batch, reference.height, reference.width, 3]
    return Tensor(
      placesInPyTorch(shape, isImage: true).map {
        uniform($0, salt: 1000 * reference.salt + 500 + step, times: 3.0.squareRoot())
      }, shape)
  }

  private func labels(_ step: Int) -> [Int32] {
    (0..<reference.batch).map {
      Int32(hashed($0, salt: 1000 * reference.salt + 600 + step) % 10)
    }
  }

  /// The logits and the loss of one pass in the training phase.
  private func pass(
    _ network: inout ResidualNetwork, _ step: Int, on tape: Tape
  ) -> (logits: Variable<Float>, loss: Variable<Float>) {
    let logits = network(images(step), on: tape, activation: Rectifier(), phase: .training)
    return (logits, crossEntropy(logits, labels: labels(step)))
  }

  /// No pre-activation is nearer to ReLU's kink than 10⁻⁵ (the script says so), which is ten times
  /// the error of single precision here, so no element takes the other branch.
  @Test("first batch: loss, logits, statistics and every parameter's gradient")
  func firstBatch() {
    var network = network
    #expect(network.namedParameters.map(\.name) == reference.names)
    var (logits, loss): (Tensor<Float>, Tensor<Float>) = (Tensor([]), Tensor([]))
    let gradients = network.gradients(on: device) { network, tape in
      let (scores, value) = pass(&network, 0, on: tape)
      (logits, loss) = (scores.value, value.value)
      return value
    }
    // Twenty layers of single precision: 1e−6 a layer at the most.
    #expect(
      mismatch(loss.scalars.map(Double.init), [reference.losses[0]], relative: 5e-6) == nil)
    #expect(
      mismatch(logits.scalars.map(Double.init), reference.first.logits, relative: 1e-5) == nil)
    for (name, value) in network.namedStatistics {
      let expected = reference.first.statistics[name] ?? []
      #expect(
        mismatch(value.scalars.map(Double.init), expected, relative: 1e-5) == nil, "\(name)")
    }
    #expect(network.namedStatistics.count == reference.first.statistics.count)
    // Forward and back, and a sum over all pixels; 1 % of a typical element of the largest slices
    // (576 elements) moves their signed sums by 4e−4 of the largest.
    for (number, parameter) in network.namedParameters.enumerated() {
      let text = TensorDigest.disagreement(
        gradients[number], reference.first.gradients[parameter.name], number: number,
        relative: 5e-5)
      #expect(text == nil, "\(parameter.name)")
    }
  }

  @Test("three steps of gradient descent: losses, change of the weights, inference")
  func steps() {
    var network = network
    let initial = network.namedParameters
    var optimizer = StochasticGradientDescent(
      momentum: Float(reference.momentum), weightDecay: Float(reference.decay))
    var losses: [Double] = []
    let steps = reference.losses.count - 1
    for step in 0..<steps {
      let gradients = network.gradients(on: device) { network, tape in
        let loss = pass(&network, step, on: tape).loss
        losses.append(Double(loss.value.scalars[0]))
        return loss
      }
      optimizer.step(
        &network, gradients: gradients, learningRate: reference.rate, on: device)
    }
    let trained = network.namedParameters
    let tape = Tape(device: device)
    losses.append(Double(pass(&network, steps, on: tape).loss.value.scalars[0]))
    #expect(mismatch(losses, reference.losses, relative: 2e-5) == nil)
    // Each weight is rounded three times, by up to 3e−8 of itself; it has changed by some 5e−3.
    for (number, parameter) in trained.enumerated() {
      var change = parameter.value
      var before = initial[number].value
      before.scale(by: -1)
      change.add(before, on: device)
      let text = TensorDigest.disagreement(
        change, reference.changes[parameter.name], number: number, relative: 1e-3)
      #expect(text == nil, "\(parameter.name)")
    }
    let logits = network(
      images(steps), on: tape, activation: Rectifier(), phase: .inference)
    #expect(
      mismatch(logits.value.scalars.map(Double.init), reference.inference, relative: 5e-5) == nil)
  }
}
