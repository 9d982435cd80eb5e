import Activations
import Autodiff
import Tensors

/// All-CNN-C: convolutions alone, of which two with stride 2 take the place of pooling.
///
/// 3×3 convolutions with 96, 96, 96 (stride 2), 192, 192, 192 (stride 2) and 192 (without padding)
/// channels, a 1×1 with 192, and the scores' 1×1, which follows the mean over the image here: both
/// are linear, so that the order does not matter. Source: Springenberg et al., 2015, "Striving for
/// simplicity", table 1. Every convolution but the last is normalized over the batch, which takes the
/// place of the paper's biases and dropout, as Bingham and Miikkulainen (2022) have it; the paper's
/// activation of the scores is left out.
public struct AllConvolutionalNetwork: ImageClassifier {
  var convolutions: [Convolution]
  var normalizations: [BatchNormalization]
  var classifier: Linear

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
    var width = channels
    for layer in Self.layers {
      convolutions.append(
        Convolution(
          size: layer.size, channels: width, filters: layer.filters, stride: layer.stride,
          padding: layer.padding, stream: &stream))
      normalizations.append(BatchNormalization(channels: layer.filters))
      width = layer.filters
    }
    classifier = Linear(inputs: width, outputs: classes, stream: &stream)
  }

  /// One site after every convolution but the last.
  public var activationSites: [ActivationSite] {
    Self.layers.enumerated().map { index, layer in
      ActivationSite(name: "act\(index + 1)", stage: layer.stage, channels: layer.filters)
    }
  }

  /// Returns the logits of a batch of images.
  ///
  /// - Parameters:
  ///   - images: `[batch, height, width, channels]`, at least 9×9 pixels.
  ///   - activation: The function at every site.
  ///   - phase: Whether normalization uses the batch's statistics and updates the running ones.
  /// - Returns: `[batch, classes]`.
  public mutating func callAsFunction(
    _ images: Variable<Float>, activation: some Activation, phase: Phase
  ) -> Variable<Float> {
    var features = images
    for index in convolutions.indices {
      features = activation(
        normalizations[index](convolutions[index](features), phase: phase), at: index)
    }
    return classifier(globalAveragePooling(features))
  }

  /// Visits all parameters, layer by layer.
  public mutating func visitParameters(_ visit: (String, inout Parameter) -> Void) {
    for index in convolutions.indices {
      convolutions[index].visitParameters { visit("conv\(index + 1).\($0)", &$1) }
      normalizations[index].visitParameters { visit("bn\(index + 1).\($0)", &$1) }
    }
    classifier.visitParameters { visit("linear.\($0)", &$1) }
  }

  /// Visits the running statistics of all normalizations.
  public mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void) {
    for index in normalizations.indices {
      normalizations[index].visitStatistics { visit("bn\(index + 1).\($0)", &$1) }
    }
  }
}
