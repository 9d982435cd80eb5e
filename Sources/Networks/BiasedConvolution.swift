import Autodiff
import Tensors

/// A two-dimensional convolution with a bias for each filter, for networks without normalization.
public struct BiasedConvolution: Parameterized {
  /// The kernels.
  public var convolution: Convolution
  /// `[filters]`, initially 0.
  public var bias: Parameter

  /// Makes a convolution with kernels as `Convolution` makes them.
  ///
  /// - Parameters:
  ///   - size: Height and width of the kernels; odd.
  ///   - channels: Channels of the input.
  ///   - filters: Channels of the output.
  ///   - padding: Pixels of zeros added on every side.
  ///   - stream: The random numbers of the initialization.
  public init(size: Int, channels: Int, filters: Int, padding: Int, stream: inout RandomStream) {
    convolution = Convolution(
      size: size, channels: channels, filters: filters, padding: padding, stream: &stream)
    bias = Parameter(Tensor(zeros: [filters]), role: .bias)
  }

  /// Convolves images and adds the bias.
  ///
  /// - Parameter images: `[batch, height, width, channels]`.
  /// - Returns: `[batch, outputHeight, outputWidth, filters]`, computed together with the
  ///   activation that follows.
  public func callAsFunction(_ images: Variable<Float>) -> PreActivation {
    biasAddition(convolution(images), bias: bias.variable(on: images.tape))
  }

  /// Visits kernels and bias.
  public mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    convolution.visit(visit)
    visit("bias", &bias)
  }
}
