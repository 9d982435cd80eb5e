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
public struct LeNet: Model {
  var convolutions: [BiasedConvolution]
  var hidden: Linear
  var classifier: Linear
  /// One site after every layer but the last; a stage for each size of the image, the layers
  /// without one among the third.
  public let activationSites: [ActivationSite]

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
    var sites = ActivationSites()
    for (index, layer) in zip(Self.filters + [84], [0, 1, 2, 2]).enumerated() {
      _ = sites.add(
        "act\(index + 1)", stage: layer.1, channels: layer.0, freeSigns: [.argument, .value])
    }
    activationSites = sites.all
  }

  /// Returns the logits of a batch of images.
  ///
  /// - Parameters:
  ///   - images: `[batch, 32, 32, channels]`.
  ///   - pass: The activation; its phase does not matter, there is no normalization.
  /// - Returns: `[batch, classes]`.
  /// - Precondition: the images have 32×32 pixels.
  public mutating func callAsFunction(
    _ images: Tensor<Float>, in pass: inout Pass
  ) -> Variable<Float> {
    precondition(
      images.shape.rank == 4 && images.shape[1] == 32 && images.shape[2] == 32,
      "LeNet: images \(images.shape) are not of 32×32 pixels")
    var features = pass.tape.constant(images)
    for index in convolutions.indices {
      features = pass.activate(convolutions[index](features), at: activationSites[index])
      if index < 2 { features = averagePooling(features, size: 2) }
    }
    // One pixel is left, so that its channels are the rows of a matrix.
    return classifier(pass.activate(hidden(features), at: activationSites[3]))
  }

  /// Visits all tensors, layer by layer.
  public mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    for index in convolutions.indices {
      convolutions[index].visit("conv\(index + 1)", visit)
    }
    hidden.visit("fc1", visit)
    classifier.visit("fc2", visit)
  }
}
