import Autodiff
import Tensors

/// A two-dimensional convolution without bias.
public struct Convolution: Parameterized {
  /// `[kernelHeight, kernelWidth, channels, filters]`.
  public var kernels: Parameter
  /// Step of the window, in pixels.
  public let stride: Int

  /// Makes a convolution with square kernels, initialized by He et al., 2015 ("Delving deep into
  /// rectifiers"): normal with variance 2 / fan-in.
  ///
  /// - Parameters:
  ///   - size: Height and width of the kernels; odd.
  ///   - channels: Channels of the input.
  ///   - filters: Channels of the output.
  ///   - stride: Step of the window, in pixels; positive.
  ///   - stream: The random numbers of the initialization.
  public init(
    size: Int = 3, channels: Int, filters: Int, stride: Int = 1, stream: inout RandomStream
  ) {
    kernels = .heNormal([size, size, channels, filters], inputs: size * size * channels, &stream)
    self.stride = stride
  }

  /// Convolves images, padded with zeros so that stride 1 keeps their size.
  ///
  /// - Parameter images: `[batch, height, width, channels]`.
  /// - Returns: `[batch, ⌈height / stride⌉, ⌈width / stride⌉, filters]`.
  public func callAsFunction(_ images: Variable<Float>) -> Variable<Float> {
    convolution(
      images, kernels.variable(on: images.tape), stride: stride,
      padding: kernels.value.shape[0] / 2)
  }

  /// Visits the kernels.
  public mutating func visitParameters(_ visit: (String, inout Parameter) -> Void) {
    visit("weight", &kernels)
  }

  /// Has no statistics.
  public mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void) {}
}

extension Parameter {
  /// Normal numbers with variance 2 / `inputs`.
  static func heNormal(_ shape: Shape, inputs: Int, _ stream: inout RandomStream) -> Parameter {
    let deviation = (2 / Double(inputs)).squareRoot()
    return Parameter(
      Tensor(shape) { pointer in
        for index in 0..<shape.count { pointer[index] = Float(deviation * stream.normal()) }
      })
  }
}
