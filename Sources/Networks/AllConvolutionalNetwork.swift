import Activations
import Autodiff
import Tensors

/// All-CNN-C: convolutions alone, of which two with stride 2 take the place of pooling.
///
/// 3×3 convolutions with 96, 96, 96 (stride 2), 192, 192, 192 (stride 2) and 192 (without padding)
/// channels, a 1×1 with 192, and the scores' 1×1, which follows the mean over the image here: both
/// are linear, so that the order does not matter. Source: Springenberg et al., 2015, "Striving for
/// simplicity", table 1. Every convolution but the last is normalized over the batch, which takes
/// the place of the paper's biases and dropout, as Bingham and Miikkulainen (2022) have it; the
/// paper's activation of the scores is left out.
public struct AllConvolutionalNetwork: Model {
  var convolutions: [Convolution]
  var normalizations: [BatchNormalization]
  var classifier: Linear
  /// One site after every convolution but the last.
  public let activationSites: [ActivationSite]

  /// Size, filters, stride and padding of every convolution but the last, and its stage.
  private static let layers = [
    (size: 3, filters: 96, stride: 1, padding: 1, stage: 0),
    (size: 3, filters: 96, stride: 1, padding: 1, stage: 0),
    (size: 3, filters: 96, stride: 2, padding: 1, stage: 1),
    (size: 3, filters: 192, stride: 1, padding: 1, stage: 1),
    (size: 3, filters: 192, stride: 1, padding: 1, stage: 1),
    (size: 3, filters: 192, stride: 2, padding: 1, stage: 2),
    (size: 3, filters: 192, stride: 1, padding: 0, stage: 2),
    (size: 1, filters: 192, stride: 1, padding: 0, stage: 2),
  ]

  /// Makes a network with He-normal weights.
  ///
  /// - Parameters:
  ///   - channels: Channels of the images.
  ///   - classes: Number of classes.
  ///   - stream: The random numbers of the initialization.
  public init(channels: Int, classes: Int, stream: inout RandomStream) {
    (convolutions, normalizations) = ([], [])
    var sites = ActivationSites()
    var width = channels
    for (index, layer) in Self.layers.enumerated() {
      convolutions.append(
        Convolution(
          size: layer.size, channels: width, filters: layer.filters, stride: layer.stride,
          padding: layer.padding, stream: &stream))
      normalizations.append(BatchNormalization(channels: layer.filters))
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
  ///   - images: `[batch, height, width, channels]`, at least 9×9 pixels.
  ///   - pass: The activation, and whose statistics normalize.
  /// - Returns: `[batch, classes]`.
  public mutating func callAsFunction(
    _ images: Tensor<Float>, in pass: inout Pass
  ) -> Variable<Float> {
    var features = pass.tape.constant(images)
    for (index, site) in activationSites.enumerated() {
      features = pass.activate(
        normalizations[index](convolutions[index](features), in: pass), at: site)
    }
    return classifier(globalAveragePooling(features))
  }

  /// Visits all tensors, layer by layer.
  public mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    for index in convolutions.indices {
      convolutions[index].visit("conv\(index + 1)", visit)
      normalizations[index].visit("bn\(index + 1)", visit)
    }
    classifier.visit("linear", visit)
  }
}
