import Files
import Networks
import Tensors

/// Gradient descent with momentum and L2 weight decay, as PyTorch's `SGD` defines it:
/// `v = μ·v + (g + λ·w); w −= η·v`, the first `v` being `g + λ·w`; λ is 0 for tensors that do not
/// decay.
public struct StochasticGradientDescent: Optimizer {
  /// μ.
  public let momentum: Float
  /// λ.
  public let weightDecay: Float
  /// What distinguishes the roles of tensors.
  public let rules: RoleRules
  /// v, one tensor for each parameter; empty before the first step.
  public private(set) var velocities: [Tensor<Float>] = []

  /// Makes an optimizer that has not stepped yet.
  public init(momentum: Float, weightDecay: Float, rules: RoleRules = RoleRules()) {
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.rules = rules
  }

  /// Moves every trained tensor of `network` against its gradient.
  public mutating func step(
    _ network: inout some Parameterized, gradients: [Tensor<Float>], learningRate: Double,
    on device: Device
  ) {
    if velocities.isEmpty { velocities = gradients.map { Tensor(zeros: $0.shape) } }
    precondition(
      velocities.count == gradients.count,
      "step: \(gradients.count) gradients for \(velocities.count) parameters")
    var index = 0
    network.visitParameters { _, parameter in
      parameter.value.momentumStep(
        velocity: &velocities[index], gradient: gradients[index],
        rate: Float(learningRate * rules.rate(of: parameter.role)), momentum: momentum,
        decay: rules.decays(parameter.role) ? weightDecay : 0, on: device)
      index += 1
    }
  }

  /// Codes the velocities, under the names of the parameters.
  public mutating func code(
    _ coder: inout StateCoder, of parameters: [(name: String, value: Tensor<Float>)]
  ) {
    // There are no velocities before the first step.
    var hasStepped = velocities.isEmpty ? 0 : 1
    coder.code("has_stepped", &hasStepped)
    guard hasStepped == 1 else { return velocities = [] }
    if coder.isRestoring { velocities = parameters.map { Tensor(zeros: $0.value.shape) } }
    for (index, parameter) in parameters.enumerated() {
      coder.code("velocity.\(parameter.name)", &velocities[index])
    }
  }
}
