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

/// Where a function's signs are changed, and which tensors of the network undo that: those that the
/// argument's sign multiplies, and those that the value's does. Scales of normalizations are never
/// among them: they begin at one.
private struct Signs: CustomTestStringConvertible {
  let network: String
  let scope: ActivationScope
  /// The cell that changes; nil for all that are free.
  let cell: Int?
  let isBefore: @Sendable (String) -> Bool
  let isBehind: @Sendable (String) -> Bool

  var testDescription: String {
    "\(network), \(scope.rawValue)\(cell.map { " \($0)" } ?? "")"
  }
}

@Suite("Signs that are free")
struct FreeSignTests {
  private static func isKernel(_ name: String) -> Bool {
    name.hasSuffix("weight") && !isNormalization(name) && !name.hasPrefix("linear")
  }

  private static func isNormalization(_ name: String) -> Bool {
    name.hasPrefix("bn") || name.contains(".bn")
  }

  private static func isOffset(_ name: String) -> Bool {
    isNormalization(name) && name.hasSuffix("bias")
  }

  private static let table: [Signs] = {
    var table = [
      Signs(
        network: "lenet5", scope: .network, cell: nil, isBefore: { !$0.hasPrefix("fc2") },
        isBehind: { !$0.hasPrefix("conv1") && $0.hasSuffix("weight") }),
      Signs(
        network: "plain-cnn", scope: .network, cell: nil, isBefore: { !$0.hasPrefix("linear") },
        isBehind: { !$0.hasPrefix("conv1") && $0.hasSuffix("weight") }),
      Signs(
        network: "resnet8", scope: .site, cell: nil,
        isBefore: { $0.contains(".conv1.") || $0.contains(".bn1.bias") },
        isBehind: { $0.contains(".conv2.") }),
      Signs(
        network: "plain-cnn", scope: .site, cell: 1, isBefore: { $0.hasPrefix("conv2") },
        isBehind: { $0 == "conv3.weight" }),
      Signs(
        network: "all-cnn-c", scope: .site, cell: 7,
        isBefore: { $0 == "conv8.weight" || $0 == "bn8.bias" },
        isBehind: { $0 == "linear.weight" }),
      Signs(
        network: "wrn-10-1", scope: .site, cell: 1,
        isBefore: { $0 == "layer1.0.conv1.weight" || $0 == "layer1.0.bn2.bias" },
        isBehind: { $0 == "layer1.0.conv2.weight" }),
      Signs(
        network: "densenet-10-4", scope: .site, cell: 1,
        isBefore: { $0 == "dense1.0.conv1.weight" || $0 == "dense1.0.bn2.bias" },
        isBehind: { $0 == "dense1.0.conv2.weight" }),
    ]
    // Whatever a site takes is the sum, or the list, of what convolutions give.
    for network in ["all-cnn-c", "wrn-10-1", "densenet-10-4"] {
      table.append(
        Signs(
          network: network, scope: .network, cell: nil,
          isBefore: { isKernel($0) || isOffset($0) },
          isBehind: {
            (isKernel($0) && !$0.hasPrefix("conv1.")) || $0 == "linear.weight"
          }))
    }
    return table
  }()

  /// A network whose weights have the signs that undo those of its activation computes the same:
  /// so from weights that are as likely as their negatives, both are trained alike.
  @Test(
    "a network undoes them with the signs of its weights", arguments: table,
    [(-1, 1), (1, -1), (-1, -1)] as [(Float, Float)])
  private func equalNetworks(parts: Signs, signs: (argument: Float, value: Float)) throws {
    let shape = DataShape.images(height: 32, width: 32, channels: 3, classes: 4)
    let entry = try #require(ModelCatalog.builtIn.entry(named: parts.network))
    let model = try entry.make(for: shape, seed: 2)
    var network = try #require(model as? any Model<Tensor<Float>, [Int32]>)
    // Scales, offsets and biases of a network in training.
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
    let free = parts.scope.freeSigns(of: sites).ofCells.map { $0 == [.argument, .value] }
    let cells = parts.scope.cells(of: sites).cellOfSite
    let changes = cells.map { cell in free[cell] && parts.cell ?? cell == cell }
    try #require(changes.contains(true))
    let plain = SignedSoftplus(argument: 1, value: 1)
    let signed = SitedActivation(
      [plain, SignedSoftplus(argument: signs.argument, value: signs.value)],
      activationOfSite: changes.map { $0 ? 1 : 0 })
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

  @Test("a cell's are free where those of all its sites are; shared ones if all change together")
  func cells() throws {
    func free(_ name: String, _ scope: ActivationScope) throws -> [FreeSigns] {
      let shape = DataShape.images(height: 32, width: 32, channels: 3, classes: 4)
      let entry = try #require(ModelCatalog.builtIn.entry(named: name))
      return scope.freeSigns(of: try entry.make(for: shape, seed: 0).activationSites).ofCells
    }
    let both: FreeSigns = [.argument, .value]
    #expect(try free("plain-cnn", .network) == [both])
    #expect(try free("plain-cnn", .stage) == [both, both, both])
    #expect(try free("resnet8", .network) == [[]])
    #expect(try free("resnet8", .site) == [[], both, [], both, [], both, []])
    #expect(try free("wrn-10-1", .network) == [both])
    #expect(try free("wrn-10-1", .stage) == [.value, .value, .value])
    #expect(
      try free("wrn-10-1", .site) == [.value, both, .value, both, .value, both, .value])
  }
}
