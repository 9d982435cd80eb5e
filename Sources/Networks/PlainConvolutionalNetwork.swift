import Activations
import Autodiff
import Tensors

/// A small network of convolutions without normalization, shortcuts or dropout.
///
/// Biased 3×3 convolutions to 16, 32, 32 and 32 channels, means over squares of 2×2 pixels after
/// the first two, then the mean over the image and one fully connected layer to the classes.
/// Nothing rescales what an activation does, so that it decides how well the network trains; a
/// training takes seconds. Source: the plain networks of He et al., 2015, "Deep residual learning
/// for image recognition", section 3.3, here without normalization and with sizes of our own.
public struct PlainConvolutionalNetwork: Model {
  var convolutions: [BiasedConvolution]
  var classifier: Linear
  /// One site after every convolution; a stage for each size of the image.
  public let activationSites: [ActivationSite]

  /// The filters of every convolution, and its stage.
  private static let layers = [
    (filters: 16, stage: 0), (filters: 32, stage: 1), (filters: 32, stage: 2),
    (filters: 32, stage: 2),
  ]

  /// Makes a network with He-normal weights.
  ///
  /// - Parameters:
  ///   - channels: Channels of the images.
  ///   - classes: Number of classes.
  ///   - stream: The random numbers of the initialization.
  public init(channels: Int, classes: Int, stream: inout RandomStream) {
    convolutions = []
    var sites = ActivationSites()
    var width = channels
    for (index, layer) in Self.layers.enumerated() {
      convolutions.append(
        BiasedConvolution(
          size: 3, channels: width, filters: layer.filters, padding: 1, stream: &stream))
      _ = sites.add(
        "act\(index + 1)", stage: layer.stage, channels: layer.filters,
        freeSigns: [.argument, .value])
      width = layer.filters
    }
    activationSites = sites.all
    classifier = Linear(inputs: width, outputs: classes, stream: &stream)
  }

  /// Returns the logits of a batch of images.
  ///
  /// - Parameters:
  ///   - images: `[batch, height, width, channels]`, at least 4×4 pixels.
  ///   - pass: The activation; its phase does not matter, there is no normalization.
  /// - Returns: `[batch, classes]`.
  public mutating func callAsFunction(
    _ images: Tensor<Float>, in pass: inout Pass
  ) -> Variable<Float> {
    var features = pass.tape.constant(images)
    for index in convolutions.indices {
      features = pass.activate(convolutions[index](features), at: activationSites[index])
      if index < 2 { features = averagePooling(features, size: 2) }
    }
    return classifier(globalAveragePooling(features))
  }

  /// Visits all tensors, layer by layer.
  public mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    for index in convolutions.indices {
      convolutions[index].visit("conv\(index + 1)", visit)
    }
    classifier.visit("linear", visit)
  }
}
