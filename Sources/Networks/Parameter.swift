import Autodiff
import Tensors

/// A tensor of a network, and its place on a tape while a pass differentiates by it.
public struct Parameter {
  /// What a tensor is to its network: rates, decay and files treat roles differently.
  public enum Role: Sendable, Hashable, CaseIterable {
    /// A factor of inputs: kernels, matrices.
    case weight
    /// What is added to a sum of products.
    case bias
    /// Scale or offset of a normalization.
    case gain
    /// A scalar of an activation function.
    case activation
    /// No gradient moves it: the network's own passes do, as running means.
    case statistic
  }

  /// The tensor.
  public var value: Tensor<Float>
  /// What it is to its network.
  public let role: Role

  /// Holds on to the tape, since a copy of the network may be kept longer than the pass.
  private var binding: (tape: Tape, variable: Variable<Float>)?

  /// Makes a parameter from its initial value.
  public init(_ value: Tensor<Float>, role: Role = .weight) {
    self.value = value
    self.role = role
  }

  /// The parameter in a computation on `tape`: a constant unless the network is bound to it.
  public func variable(on tape: Tape) -> Variable<Float> {
    if let binding, binding.tape === tape { return binding.variable }
    return tape.constant(value)
  }

  /// Makes gradients by this parameter wanted on `tape`.
  fileprivate mutating func bind(to tape: Tape) -> Variable<Float> {
    let bound = tape.parameter(value)
    binding = (tape, bound)
    return bound
  }

  fileprivate mutating func release() {
    binding = nil
  }
}

/// A value with tensors of its own, which lists them itself.
public protocol Parameterized {
  /// Visits every tensor, trained or not, always in the same order.
  ///
  /// - Parameter visit: Takes the tensor's name, dotted and like PyTorch's, and the tensor.
  mutating func visit(_ visit: (String, inout Parameter) -> Void)
}

extension Parameterized {
  /// Visits every tensor of a part, under the part's name.
  ///
  ///     mutating func visit(_ visit: (String, inout Parameter) -> Void) {
  ///       stem.visit("conv1", visit)
  ///       classifier.visit("linear", visit)
  ///     }
  public mutating func visit(_ name: String, _ visit: (String, inout Parameter) -> Void) {
    self.visit { visit("\(name).\($0)", &$1) }
  }

  /// Visits every tensor that gradients move.
  public mutating func visitParameters(_ visit: (String, inout Parameter) -> Void) {
    self.visit { if $1.role != .statistic { visit($0, &$1) } }
  }

  /// Visits every tensor that passes move, such as running statistics.
  public mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void) {
    self.visit { if $1.role == .statistic { visit($0, &$1.value) } }
  }
}

extension Parameterized {
  /// The parameters' names and values, in their order.
  public var namedParameters: [(name: String, value: Tensor<Float>)] {
    var copy = self
    var result: [(name: String, value: Tensor<Float>)] = []
    copy.visitParameters { result.append(($0, $1.value)) }
    return result
  }

  /// The running statistics' names and values, in their order.
  public var namedStatistics: [(name: String, value: Tensor<Float>)] {
    var copy = self
    var result: [(name: String, value: Tensor<Float>)] = []
    copy.visitStatistics { result.append(($0, $1)) }
    return result
  }

  /// The number of trainable scalars.
  public var parameterCount: Int { namedParameters.reduce(0) { $0 + $1.value.count } }

  /// Computes the gradients of a loss by all parameters.
  ///
  /// - Parameters:
  ///   - device: The threads to compute on.
  ///   - loss: Computes a scalar on a tape with this network, whose statistics it may update.
  /// - Returns: The loss's gradient by each parameter, in their order.
  public mutating func gradients(
    on device: Device, of loss: (inout Self, Tape) -> Variable<Float>
  ) -> [Tensor<Float>] {
    let tape = Tape(device: device)
    var variables: [Variable<Float>] = []
    visitParameters { variables.append($1.bind(to: tape)) }
    defer { visitParameters { $1.release() } }
    tape.pullBack(from: loss(&self, tape))
    return variables.map { $0.gradient ?? Tensor(zeros: $0.shape) }
  }
}
