import Activations
import Autodiff
import Foundation
import Networks
import TestSupport
import Tensors
import Testing

/// `v f(a x)` of softplus, which is neither odd nor even.
private struct SignedSoftplus: PointwiseFunction, Activation {
  let argument: Float
  let value: Float

  func evaluate(_ x: UnsafePointer<Float>, count: Int, into y: UnsafeMutablePointer<Float>) {
    for index in 0..<count { y[index] = value * log(1 + exp(argument * x[index])) }
  }

  func differentiate(
    _ x: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>, count: Int,
    into slopes: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>?
  ) {
    for index in 0..<count {
      slopes[index] = gradient[index] * value * argument / (1 + exp(-argument * x[index]))
    }
  }

  func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float> {
    pointwise(input, PointwiseOperation(self))
  }

  func callAsFunction(_ input: PreActivation, at site: Int) -> Variable<Float> {
    input.applying(PointwiseOperation(self))
  }
}

/// Which tensors stand before the free sites of a network, and which multiply behind them.
private struct Signs {
  let network: String
  let isBefore: @Sendable (String) -> Bool
  let isBehind: @Sendable (String) -> Bool
}

@Suite("Signs that are free")
struct FreeSignTests {
  private static let table = [
    Signs(
      network: "lenet5", isBefore: { !$0.hasPrefix("fc2") },
      isBehind: { !$0.hasPrefix("conv1") && $0.hasSuffix("weight") }),
    Signs(
      network: "plain-cnn", isBefore: { !$0.hasPrefix("linear") },
      isBehind: { !$0.hasPrefix("conv1") && $0.hasSuffix("weight") }),
    Signs(
      network: "all-cnn-c", isBefore: { $0.hasPrefix("bn") },
      isBehind: { !$0.hasPrefix("conv1") && !$0.hasPrefix("bn") && $0.hasSuffix("weight") }),
    Signs(network: "wrn-10-1", isBefore: isNormalization, isBehind: isBehindNormalization),
    Signs(network: "densenet-10-4", isBefore: isNormalization, isBehind: isBehindNormalization),
    Signs(
      network: "resnet8", isBefore: { $0.contains(".bn1.") }, isBehind: { $0.contains(".conv2.") }),
  ]

  private static func isNormalization(_ name: String) -> Bool {
    name.hasPrefix("bn") || name.contains(".bn")
  }

  private static func isBehindNormalization(_ name: String) -> Bool {
    !isNormalization(name) && !name.hasPrefix("conv1") && name.hasSuffix("weight")
  }

  /// A network whose weights have the signs that undo those of its activation computes the same:
  /// so from weights that are as likely as their negatives, both are trained alike.
  @Test(
    "a network undoes them with the signs of its weights", arguments: table.map(\.network),
    [(-1, 1), (1, -1), (-1, -1)] as [(Float, Float)])
  func equalNetworks(name: String, signs: (argument: Float, value: Float)) throws {
    let parts = try #require(Self.table.first { $0.network == name })
    let shape = DataShape.images(height: 32, width: 32, channels: 3, classes: 4)
    let entry = try #require(ModelCatalog.builtIn.entry(named: name))
    let model = try entry.make(for: shape, seed: 2)
    var network = try #require(model as? any Model<Tensor<Float>, [Int32]>)
    // Offsets of normalizations and biases that are not zero.
    var stream = RandomStream(seed: 3, purpose: "test")
    network.visitParameters { _, parameter in
      if parameter.role == .gain || parameter.role == .bias {
        parameter.value = Tensor(
          parameter.value.scalars.map { $0 + Float(stream.uniform() - 0.5) },
          parameter.value.shape)
      }
    }
    var other = network
    other.visitParameters { name, parameter in
      var factor: Float = parts.isBefore(name) ? signs.argument : 1
      if parts.isBehind(name) { factor *= signs.value }
      parameter.value = Tensor(
        parameter.value.scalars.map { $0 * factor }, parameter.value.shape)
    }
    let sites = network.activationSites
    #expect(sites.contains { $0.hasFreeSigns })
    let plain = SignedSoftplus(argument: 1, value: 1)
    let signed = SitedActivation(
      [plain, SignedSoftplus(argument: signs.argument, value: signs.value)],
      activationOfSite: sites.map { $0.hasFreeSigns ? 1 : 0 })
    let images: Tensor<Float> = randomTensor([2, 32, 32, 3], seed: 4)
    let logits = output(&network, images, plain)
    #expect(Set(logits).count == logits.count)
    for (left, right) in zip(logits, output(&other, images, signed)) {
      #expect(abs(left - right) <= 2e-5 * max(1, abs(left)))
    }
    // The same weights without the signs are another network.
    let unlike = output(&network, images, signed)
    #expect(zip(logits, unlike).contains { abs($0 - $1) > 1e-3 * max(1, abs($0)) })
  }

  private func output(
    _ network: inout any Model<Tensor<Float>, [Int32]>, _ images: Tensor<Float>,
    _ activation: some Activation
  ) -> [Float] {
    var pass = Pass(
      on: Tape(device: Device(threads: 1)), activation: activation, phase: .training)
    return network(images, in: &pass).value.scalars
  }

  @Test("a cell's are free where those of all its sites are")
  func cells() throws {
    var stream = RandomStream(seed: 1, purpose: "test")
    let plain = PlainConvolutionalNetwork(channels: 1, classes: 2, stream: &stream)
    let residual = ResidualNetwork(depth: 8, channels: 1, classes: 2, stream: &stream)
    #expect(ActivationScope.network.freeSigns(of: plain.activationSites) == [true])
    #expect(ActivationScope.network.freeSigns(of: residual.activationSites) == [false])
    #expect(ActivationScope.stage.freeSigns(of: residual.activationSites) == [false, false, false])
    #expect(
      ActivationScope.site.freeSigns(of: residual.activationSites)
        == [false, true, false, true, false, true, false])
  }
}
