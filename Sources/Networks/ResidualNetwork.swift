import Activations
import Autodiff
import Tensors

/// The residual network for small images, with 6n + 2 layers and parameter-free shortcuts.
///
/// Three stages of n blocks with 16, 32 and 64 channels; the first block of the second and third
/// halves the image. Source: He et al., 2015, "Deep residual learning for image recognition",
/// section 4.2 (option A).
public struct ResidualNetwork: ImageClassifier {
  var stem: Convolution
  var stemNormalization: BatchNormalization
  var stages: [[ResidualBlock]]
  var classifier: Linear

  /// Makes a network with He-normal weights.
  ///
  /// - Parameters:
  ///   - depth: Number of layers: 20, 32, 44, 56, …
  ///   - channels: Channels of the images.
  ///   - classes: Number of classes.
  ///   - stream: The random numbers of the initialization.
  /// - Precondition: `depth` is 6n + 2.
  public init(depth: Int, channels: Int, classes: Int, stream: inout RandomStream) {
    precondition(
      depth >= 8 && (depth - 2) % 6 == 0, "ResidualNetwork: depth \(depth) is not 6n + 2")
    let widths = [16, 32, 64]
    stem = Convolution(channels: channels, filters: widths[0], stream: &stream)
    stemNormalization = BatchNormalization(channels: widths[0])
    stages = []
    var width = widths[0]
    for (stage, next) in widths.enumerated() {
      var blocks: [ResidualBlock] = []
      for block in 0..<(depth - 2) / 6 {
        let stride = stage > 0 && block == 0 ? 2 : 1
        blocks.append(
          ResidualBlock(channels: width, filters: next, stride: stride, stream: &stream))
        width = next
      }
      stages.append(blocks)
    }
    classifier = Linear(inputs: width, outputs: classes, stream: &stream)
  }

  /// One site after the stem, two in every block.
  public var activationSites: [ActivationSite] {
    var sites = [ActivationSite(name: "act1", stage: 0, channels: 16)]
    for (stage, blocks) in stages.enumerated() {
      for (index, block) in blocks.enumerated() {
        for name in ["act1", "act2"] {
          sites.append(
            ActivationSite(
              name: "layer\(stage + 1).\(index).\(name)", stage: stage, channels: block.filters))
        }
      }
    }
    return sites
  }

  /// Returns the logits of a batch of images.
  ///
  /// - Parameters:
  ///   - images: `[batch, height, width, channels]`.
  ///   - activation: The function at every site.
  ///   - phase: Whether normalization uses the batch's statistics and updates the running ones.
  /// - Returns: `[batch, classes]`.
  public mutating func callAsFunction(
    _ images: Variable<Float>, activation: some Activation, phase: Phase
  ) -> Variable<Float> {
    var features = activation(stemNormalization(stem(images), phase: phase), at: 0)
    var site = 1
    for stage in stages.indices {
      for block in stages[stage].indices {
        features = stages[stage][block](
          features, activation: activation, firstSite: site, phase: phase)
        site += 2
      }
    }
    return classifier(globalAveragePooling(features))
  }

  /// Visits all parameters, named as in the usual PyTorch programs for this network.
  public mutating func visitParameters(_ visit: (String, inout Parameter) -> Void) {
    stem.visitParameters { visit("conv1.\($0)", &$1) }
    stemNormalization.visitParameters { visit("bn1.\($0)", &$1) }
    for stage in stages.indices {
      for block in stages[stage].indices {
        stages[stage][block].visitParameters { visit("layer\(stage + 1).\(block).\($0)", &$1) }
      }
    }
    classifier.visitParameters { visit("linear.\($0)", &$1) }
  }

  /// Visits the running statistics of all normalizations.
  public mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void) {
    stemNormalization.visitStatistics { visit("bn1.\($0)", &$1) }
    for stage in stages.indices {
      for block in stages[stage].indices {
        stages[stage][block].visitStatistics { visit("layer\(stage + 1).\(block).\($0)", &$1) }
      }
    }
  }
}

/// Two 3×3 convolutions, each normalized, and a shortcut around both.
struct ResidualBlock: Parameterized {
  var first: Convolution
  var firstNormalization: BatchNormalization
  var second: Convolution
  var secondNormalization: BatchNormalization
  let filters: Int
  let shortens: Bool

  init(channels: Int, filters: Int, stride: Int, stream: inout RandomStream) {
    first = Convolution(channels: channels, filters: filters, stride: stride, stream: &stream)
    firstNormalization = BatchNormalization(channels: filters)
    second = Convolution(channels: filters, filters: filters, stream: &stream)
    secondNormalization = BatchNormalization(channels: filters)
    self.filters = filters
    shortens = stride != 1 || channels != filters
  }

  mutating func callAsFunction(
    _ input: Variable<Float>, activation: some Activation, firstSite: Int, phase: Phase
  ) -> Variable<Float> {
    let shortcut =
      shortens ? subsampling(input, stride: first.stride, channels: filters) : input
    let hidden = activation(firstNormalization(first(input), phase: phase), at: firstSite)
    let residual = secondNormalization(second(hidden), phase: phase)
    return activation(residual.adding(shortcut), at: firstSite + 1)
  }

  mutating func visitParameters(_ visit: (String, inout Parameter) -> Void) {
    first.visitParameters { visit("conv1.\($0)", &$1) }
    firstNormalization.visitParameters { visit("bn1.\($0)", &$1) }
    second.visitParameters { visit("conv2.\($0)", &$1) }
    secondNormalization.visitParameters { visit("bn2.\($0)", &$1) }
  }

  mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void) {
    firstNormalization.visitStatistics { visit("bn1.\($0)", &$1) }
    secondNormalization.visitStatistics { visit("bn2.\($0)", &$1) }
  }
}

extension ResidualNetwork {
  /// The floating-point operations of the products of one training step, for each image: the
  /// convolutions and the last layer, forward and both gradients, without that by the images.
  ///
  /// - Parameters:
  ///   - height: Height of the images, in pixels.
  ///   - width: Width of the images, in pixels.
  /// - Returns: A multiply-add counts as two.
  public func trainingOperations(height: Int, width: Int) -> Int {
    var pixels = height * width
    var total = 2 * 2 * stem.kernels.value.count * pixels
    for block in stages.joined() {
      pixels /= block.first.stride * block.first.stride
      total += 3 * 2 * (block.first.kernels.value.count + block.second.kernels.value.count) * pixels
    }
    return total + 3 * 2 * classifier.weight.value.count
  }
}
