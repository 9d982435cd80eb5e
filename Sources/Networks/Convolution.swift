import Autodiff
import Tensors

/// A two-dimensional convolution without bias.
public struct Convolution: Parameterized {
  /// `[kernelHeight, kernelWidth, channels, filters]`.
  public var kernels: Parameter
  /// Step of the window, in pixels.
  public let stride: Int
  /// Pixels of zeros added on every side.
  public let padding: Int

  /// Makes a convolution with square kernels, initialized by He et al., 2015 ("Delving deep into
  /// rectifiers"): normal with variance 2 / fan-in.
  ///
  /// - Parameters:
  ///   - size: Height and width of the kernels; odd.
  ///   - channels: Channels of the input.
  ///   - filters: Channels of the output.
  ///   - stride: Step of the window, in pixels; positive.
  ///   - padding: Pixels of zeros added on every side; by default so many that stride 1 keeps the
  ///     images' size.
  ///   - stream: The random numbers of the initialization.
  public init(
    size: Int = 3, channels: Int, filters: Int, stride: Int = 1, padding: Int? = nil,
    stream: inout RandomStream
  ) {
    kernels = .heNormal([size, size, channels, filters], inputs: size * size * channels, &stream)
    self.stride = stride
    self.padding = padding ?? size / 2
  }

  /// Convolves images.
  ///
  /// - Parameter images: `[batch, height, width, channels]`.
  /// - Returns: `[batch, ⌈height / stride⌉, ⌈width / stride⌉, filters]` with the default padding.
  public func callAsFunction(_ images: Variable<Float>) -> Variable<Float> {
    convolution(
      images, kernels.variable(on: images.tape), stride: stride, padding: padding)
  }

  /// Visits the kernels.
  public mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    visit("weight", &kernels)
  }
}

extension Parameter {
  /// Normal numbers with variance 2 / `inputs`.
  static func heNormal(_ shape: Shape, inputs: Int, _ stream: inout RandomStream) -> Parameter {
    let deviation = (2 / Double(inputs)).squareRoot()
    return Parameter(
      Tensor((0..<shape.count).map { _ in Float(deviation * stream.normal()) }, shape))
  }
}
