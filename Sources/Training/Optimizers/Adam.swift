import Files
import Networks
import Tensors

/// Adam, with L2 weight decay added to the gradient ("coupled"), as PyTorch's `Adam` defines it, or
/// apart from it ("decoupled"), as `AdamW` does.
///
/// Source: Kingma and Ba, 2015, algorithm 1, with `g + λ·w` in place of `g`; Loshchilov and Hutter,
/// 2019, algorithm 2, where `w` shrinks by `η·λ·w` before the step.
public struct Adam<Scalar: TensorScalar>: Sendable {
  /// Decay of the mean of gradients and of their squares.
  public let betas: (mean: Scalar, square: Scalar)
  /// λ.
  public let weightDecay: Scalar
  /// Whether the weights decay beside the step (AdamW) instead of through the gradient.
  public let isDecoupled: Bool
  /// Added to the root of the mean square.
  public let epsilon: Scalar
  /// What distinguishes the roles of a network's tensors.
  public let rules: RoleRules
  /// The number of steps taken.
  public private(set) var steps = 0
  /// Mean gradients, one tensor for each parameter; empty before the first step.
  private var means: [Tensor<Scalar>] = []
  /// Mean squared gradients, one tensor for each parameter; empty before the first step.
  private var squares: [Tensor<Scalar>] = []

  /// Makes an optimizer that has not stepped yet.
  public init(
    betas: (mean: Scalar, square: Scalar) = (0.9, 0.999), weightDecay: Scalar = 0,
    isDecoupled: Bool = false, epsilon: Scalar = 1e-8, rules: RoleRules = RoleRules()
  ) {
    self.betas = betas
    self.weightDecay = weightDecay
    self.isDecoupled = isDecoupled
    self.epsilon = epsilon
    self.rules = rules
  }

  /// Moves tensors against their gradients.
  ///
  /// - Parameters:
  ///   - parameters: The tensors that move, all by the same rate and decay.
  ///   - gradients: One for each of them, of its shape.
  ///   - learningRate: η.
  public mutating func step(
    _ parameters: inout [Tensor<Scalar>], gradients: [Tensor<Scalar>], learningRate: Scalar
  ) {
    begin(gradients, parameters: parameters.count)
    for index in parameters.indices {
      update(
        &parameters[index], index, gradient: gradients[index], learningRate: learningRate,
        weightDecay: weightDecay, on: nil)
    }
  }

  private mutating func begin(_ gradients: [Tensor<Scalar>], parameters: Int) {
    precondition(
      parameters == gradients.count,
      "step: \(gradients.count) gradients for \(parameters) parameters")
    if means.isEmpty {
      means = gradients.map { Tensor(zeros: $0.shape) }
      squares = means
    }
    steps += 1
  }

  private mutating func update(
    _ weights: inout Tensor<Scalar>, _ index: Int, gradient: Tensor<Scalar>,
    learningRate: Scalar, weightDecay: Scalar, on device: Device?
  ) {
    if isDecoupled { weights.scale(by: 1 - learningRate * weightDecay) }
    let step = AdamStep(
      rate: learningRate, betas: betas,
      corrections: (1 - power(betas.mean, steps), 1 - power(betas.square, steps)),
      decay: isDecoupled ? 0 : weightDecay, epsilon: epsilon)
    weights.adamStep(
      mean: &means[index], square: &squares[index], gradient: gradient, step, on: device)
  }

  /// `base` to a positive whole power, by repeated squaring.
  private func power(_ base: Scalar, _ exponent: Int) -> Scalar {
    guard exponent > 0 else { return 1 }
    let half = power(base, exponent / 2)
    return exponent % 2 == 0 ? half * half : half * half * base
  }

  /// Codes the number of steps and both means, under the names of the parameters.
  ///
  /// - Parameters:
  ///   - coder: Saves or restores.
  ///   - parameters: Names and values of the tensors that it moves, in their order.
  public mutating func code(
    _ coder: inout StateCoder, of parameters: [(name: String, value: Tensor<Scalar>)]
  ) {
    coder.code("steps", &steps)
    if !(0...1 << 53).contains(steps) { coder.fail("its optimizer has taken \(steps) steps") }
    guard steps > 0 else { return }
    if coder.isRestoring {
      means = parameters.map { Tensor(zeros: $0.value.shape) }
      squares = means
    }
    for (index, parameter) in parameters.enumerated() {
      coder.code("mean.\(parameter.name)", &means[index])
      coder.code("square.\(parameter.name)", &squares[index])
    }
  }
}

extension Adam<Float>: Optimizer {
  /// Moves every trained tensor of `network` against its gradient.
  public mutating func step(
    _ network: inout some Parameterized, gradients: [Tensor<Float>], learningRate: Double,
    on device: Device
  ) {
    begin(gradients, parameters: gradients.count)
    var index = 0
    network.visitParameters { _, parameter in
      update(
        &parameter.value, index, gradient: gradients[index],
        learningRate: Float(learningRate * rules.rate(of: parameter.role)),
        weightDecay: rules.decays(parameter.role) ? weightDecay : 0, on: device)
      index += 1
    }
  }
}
