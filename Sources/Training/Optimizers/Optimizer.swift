import Files
import Networks
import Tensors

/// What moves the tensors of a network against their gradients.
///
/// A value: a copy goes its own way, as one that looks a step ahead does.
public protocol Optimizer: Sendable {
  /// Moves every trained tensor of `network` against its gradient.
  ///
  /// - Parameters:
  ///   - network: Whose tensors move.
  ///   - gradients: One for each tensor that `visitParameters` visits, in that order.
  ///   - learningRate: η.
  ///   - device: What to compute on.
  mutating func step(
    _ network: inout some Parameterized, gradients: [Tensor<Float>], learningRate: Double,
    on device: Device)

  /// Codes what the optimizer remembers of its steps.
  ///
  /// - Parameters:
  ///   - coder: Saves or restores.
  ///   - parameters: Names and values of the tensors that it moves, in their order.
  mutating func code(
    _ coder: inout StateCoder, of parameters: [(name: String, value: Tensor<Float>)])
}

/// How tensors of a role are trained beside weights.
public struct RoleRules: Sendable, Hashable {
  /// The learning rate of activations' scalars as a multiple of the weights'.
  public var activationRate = 1.0
  /// Whether biases and the scales and offsets of normalizations decay as weights do.
  public var decaysGains = true

  /// One rate for all; everything decays but the scalars of activations.
  public init() {}

  /// The learning rate of a role as a multiple of the weights'.
  func rate(of role: Parameter.Role) -> Double { role == .activation ? activationRate : 1 }

  /// Whether weight decay draws tensors of a role to 0.
  ///
  /// Scalars of activation functions do not decay: PReLU's would be drawn to ReLU (He et al., 2015,
  /// "Delving deep into rectifiers", section 2.1).
  func decays(_ role: Parameter.Role) -> Bool {
    switch role {
    case .weight: true
    case .bias, .gain: decaysGains
    case .activation, .statistic: false
    }
  }
}
