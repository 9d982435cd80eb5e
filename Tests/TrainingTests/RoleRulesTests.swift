import Networks
import Tensors
import TestSupport
import Testing
import Training

/// A tensor of every role, each of two numbers.
private struct EveryRole: Parameterized {
  var tensors = Parameter.Role.allCases.map { Parameter(Tensor([2, -3]), role: $0) }

  mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    for index in tensors.indices { visit("\(tensors[index].role)", &tensors[index]) }
  }

  func values(_ role: Parameter.Role) -> [Double] {
    tensors.filter { $0.role == role }.flatMap { $0.value.scalars.map(Double.init) }
  }
}

@Suite("Rules of roles")
struct RoleRulesTests {
  private static let optimizers: [@Sendable (RoleRules) -> any Optimizer] = [
    { StochasticGradientDescent(momentum: 0, weightDecay: 0.25, rules: $0) },
    { Adam<Float>(weightDecay: 0.25, isDecoupled: true, rules: $0) },
    { Adam<Float>(weightDecay: 0.25, rules: $0) },
  ]

  /// What the first step makes of w with the gradient g, in closed form: Adam's has the length η.
  private func expected(
    _ optimizer: Int, _ w: Double, _ g: Double, rate: Double, decays: Bool
  ) -> Double {
    let decay = decays ? 0.25 : 0
    switch optimizer {
    case 0: return w - rate * (g + decay * w)
    case 1: return w - rate * decay * w - (g < 0 ? -rate : rate)
    default: return w - (g + decay * w < 0 ? -rate : rate)
    }
  }

  /// Two steps: the first against the closed form, the second for what no step moves.
  @Test(
    "scalars of activations have their rate and never decay, gains decay where they shall",
    arguments: optimizers.indices, [true, false])
  func roles(optimizer: Int, decaysGains: Bool) {
    var rules = RoleRules()
    rules.activationRate = 4
    rules.decaysGains = decaysGains
    var made = Self.optimizers[optimizer](rules)
    var network = EveryRole()
    #expect(network.namedParameters.count == 4 && network.namedStatistics.count == 1)
    // The decay of −3 turns the second gradient around.
    let gradient = [0.5, 0.125]
    let gradients = [Tensor<Float>](repeating: Tensor(gradient.map { Float($0) }), count: 4)
    made.step(&network, gradients: gradients, learningRate: 0.125, on: Device(threads: 1))
    for role in Parameter.Role.allCases where role != .statistic {
      let decays = role == .weight || role != .activation && decaysGains
      let rate = role == .activation ? 0.5 : 0.125
      let moved = zip([2.0, -3], gradient).map {
        expected(optimizer, $0, $1, rate: rate, decays: decays)
      }
      // A few roundings of numbers of size 3; Adam's ε is 1e−8 of gradients of 0.1.
      #expect(mismatch(network.values(role), moved, absolute: 2e-6) == nil, "\(role)")
    }
    #expect(network.values(.statistic) == [2, -3])
    made.step(&network, gradients: gradients, learningRate: 0.125, on: Device(threads: 1))
    #expect(network.values(.statistic) == [2, -3])
    #expect(network.namedParameters.allSatisfy { $0.value != Tensor([2, -3]) })
  }

  @Test("unless told otherwise all have one rate, and all but scalars of activations decay")
  func defaults() {
    var network = EveryRole()
    var optimizer = StochasticGradientDescent(momentum: 0, weightDecay: 0.25)
    let nothing = [Tensor<Float>](repeating: Tensor([0, 0]), count: 4)
    optimizer.step(&network, gradients: nothing, learningRate: 1, on: Device(threads: 1))
    for role in [Parameter.Role.weight, .bias, .gain] {
      #expect(network.values(role) == [1.5, -2.25], "\(role)")
    }
    #expect(network.values(.activation) == [2, -3] && network.values(.statistic) == [2, -3])
    let slopes = [Tensor<Float>](repeating: Tensor([1, 1]), count: 4)
    optimizer = StochasticGradientDescent(momentum: 0, weightDecay: 0)
    network = EveryRole()
    optimizer.step(&network, gradients: slopes, learningRate: 0.5, on: Device(threads: 1))
    #expect(network.values(.activation) == network.values(.weight))
  }
}
