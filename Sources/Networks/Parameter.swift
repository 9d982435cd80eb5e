import Autodiff
import Tensors

/// A trainable tensor of a network, and its place on a tape while a pass differentiates by it.
public struct Parameter {
  /// The tensor.
  public var value: Tensor<Float>
  /// Whether weight decay draws it to 0, as it does all weights. Scalars of activation functions
  /// are not decayed: PyTorch's documentation of `PReLU` advises against decaying its slope.
  public let isDecayed: Bool

  /// Holds on to the tape, since a copy of the network may be kept longer than the pass.
  private var binding: (tape: Tape, variable: Variable<Float>)?

  /// Makes a parameter from its initial value.
  public init(_ value: Tensor<Float>, isDecayed: Bool = true) {
    self.value = value
    self.isDecayed = isDecayed
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

/// A value with trainable tensors, which lists them itself.
public protocol Parameterized {
  /// Visits every parameter, always in the same order.
  ///
  /// - Parameter visit: Takes the parameter's name, dotted and like PyTorch's, and the parameter.
  mutating func visitParameters(_ visit: (String, inout Parameter) -> Void)

  /// Visits every tensor that training keeps beside the parameters (running statistics), always
  /// in the same order.
  ///
  /// - Parameter visit: Takes the tensor's name, dotted and like PyTorch's, and the tensor.
  mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void)
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
