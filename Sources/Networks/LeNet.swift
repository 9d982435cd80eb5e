import Activations
import Autodiff
import Tensors

/// LeNet-5 for images of 32×32 pixels, as it is usually built today.
///
/// 5×5 convolutions without padding to 6, 16 and 120 channels, means over squares of 2×2 pixels
/// after the first two, then fully connected layers to 84 and to the classes; biases, no
/// normalization. Source: LeCun et al., 1998, "Gradient-based learning applied to document
/// recognition", section II.B. Other than there, pooling has no parameters and no activation, the
/// second convolution sees all channels, and the scores are linear instead of radial.
public struct LeNet: ImageClassifier {
  var convolutions: [BiasedConvolution]
  var hidden: Linear
  var classifier: Linear

  private static let filters = [6, 16, 120]

  /// Makes a network with He-normal weights.
  ///
  /// - Parameters:
  ///   - channels: Channels of the images.
  ///   - classes: Number of classes.
  ///   - stream: The random numbers of the initialization.
  public init(channels: Int, classes: Int, stream: inout RandomStream) {
    convolutions = []
    for (inputs, filters) in zip([channels] + Self.filters, Self.filters) {
      convolutions.append(
        BiasedConvolution(
          size: 5, channels: inputs, filters: filters, padding: 0, stream: &stream))
    }
    hidden = Linear(inputs: 120, outputs: 84, stream: &stream)
    classifier = Linear(inputs: 84, outputs: classes, stream: &stream)
  }

  /// One site after every layer but the last; a stage for each size of the image, the layers
  /// without one among the third.
  public var activationSites: [ActivationSite] {
    zip(Self.filters + [84], [0, 1, 2, 2]).enumerated().map { index, layer in
      ActivationSite(name: "act\(index + 1)", stage: layer.1, channels: layer.0)
    }
  }

  /// Returns the logits of a batch of images.
  ///
  /// - Parameters:
  ///   - images: `[batch, 32, 32, channels]`.
  ///   - activation: The function at every site.
  ///   - phase: Does not matter: there is no normalization.
  /// - Returns: `[batch, classes]`.
  /// - Precondition: the images have 32×32 pixels.
  public mutating func callAsFunction(
    _ images: Variable<Float>, activation: some Activation, phase: Phase
  ) -> Variable<Float> {
    precondition(
      images.shape.rank == 4 && images.shape[1] == 32 && images.shape[2] == 32,
      "LeNet: images \(images.shape) are not of 32×32 pixels")
    var features = images
    for index in convolutions.indices {
      features = activation(convolutions[index](features), at: index)
      if index < 2 { features = averagePooling(features, size: 2) }
    }
    // One pixel is left, so that its channels are the rows of a matrix.
    return classifier(activation(hidden(features), at: 3))
  }

  /// Visits all parameters, layer by layer.
  public mutating func visitParameters(_ visit: (String, inout Parameter) -> Void) {
    for index in convolutions.indices {
      convolutions[index].visitParameters { visit("conv\(index + 1).\($0)", &$1) }
    }
    hidden.visitParameters { visit("fc1.\($0)", &$1) }
    classifier.visitParameters { visit("fc2.\($0)", &$1) }
  }

  /// Has no statistics.
  public mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void) {}
}
