import Autodiff
import Tensors

/// A fully connected layer.
public struct Linear: Parameterized {
  /// `[outputs, inputs]`.
  public var weight: Parameter
  /// `[outputs]`, initially 0.
  public var bias: Parameter

  /// Makes a layer with normal weights of variance 2 / `inputs` (He et al., 2015).
  public init(inputs: Int, outputs: Int, stream: inout RandomStream) {
    weight = .heNormal([outputs, inputs], inputs: inputs, &stream)
    bias = Parameter(Tensor(zeros: [outputs]), role: .bias)
  }

  /// Maps every row of `input`.
  ///
  /// - Parameter input: `[rows, inputs]`.
  /// - Returns: `[rows, outputs]`.
  public func callAsFunction(_ input: Variable<Float>) -> Variable<Float> {
    linearMap(
      input, weight: weight.variable(on: input.tape), bias: bias.variable(on: input.tape))
  }

  /// Visits weight and bias.
  public mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    visit("weight", &weight)
    visit("bias", &bias)
  }
}
