import Activations
import Autodiff
import Tensors

/// The pre-activation residual network for small images: normalization and activation stand before
/// each convolution, and the shortcut from block to block is left untouched.
///
/// A block that changes the width or the size has a projection, a 1×1 convolution of its first
/// activation. Source: He et al., 2016, "Identity mappings in deep residual networks", figure 1b and
/// the authors' program.
public struct PreActivationNetwork: ImageClassifier {
  var stem: Convolution
  var stages: [[PreActivationBlock]]
  var normalization: BatchNormalization
  var classifier: Linear

  /// Makes a network of any width; weights are He-normal.
  ///
  /// - Parameters:
  ///   - blocks: Blocks in each stage; positive.
  ///   - widths: Channels of each stage; the first block of all but the first halves the image.
  ///   - hasBottlenecks: Whether a block is three convolutions, 1×1, 3×3 and 1×1, the first two of a
  ///     quarter of the width, or two of 3×3.
  ///   - channels: Channels of the images.
  ///   - classes: Number of classes.
  ///   - stream: The random numbers of the initialization.
  public init(
    blocks: Int, widths: [Int], hasBottlenecks: Bool, channels: Int, classes: Int,
    stream: inout RandomStream
  ) {
    precondition(blocks > 0 && !widths.isEmpty, "PreActivationNetwork: \(blocks) of \(widths)")
    var width = 16
    stem = Convolution(channels: channels, filters: width, stream: &stream)
    stages = []
    for (stage, next) in widths.enumerated() {
      var made: [PreActivationBlock] = []
      for block in 0..<blocks {
        made.append(
          PreActivationBlock(
            channels: width, filters: next, stride: stage > 0 && block == 0 ? 2 : 1,
            isBottleneck: hasBottlenecks, stream: &stream))
        width = next
      }
      stages.append(made)
    }
    normalization = BatchNormalization(channels: width)
    classifier = Linear(inputs: width, outputs: classes, stream: &stream)
  }

  /// Makes a network of the paper: 16, 32 and 64 channels, four times as many with bottlenecks.
  ///
  /// - Parameters:
  ///   - depth: Number of layers: 6n + 2, or 9n + 2 with bottlenecks (164).
  ///   - hasBottlenecks: Whether a block is three convolutions.
  ///   - channels: Channels of the images.
  ///   - classes: Number of classes.
  ///   - stream: The random numbers of the initialization.
  /// - Precondition: `depth` is such a number.
  public init(
    depth: Int, hasBottlenecks: Bool, channels: Int, classes: Int, stream: inout RandomStream
  ) {
    let layers = hasBottlenecks ? 9 : 6
    precondition(
      depth > 2 && (depth - 2) % layers == 0,
      "PreActivationNetwork: depth \(depth) is not \(layers)n + 2")
    self.init(
      blocks: (depth - 2) / layers, widths: [16, 32, 64].map { hasBottlenecks ? 4 * $0 : $0 },
      hasBottlenecks: hasBottlenecks, channels: channels, classes: classes, stream: &stream)
  }

  /// Two or three sites in every block, and one before the classifier.
  public var activationSites: [ActivationSite] {
    var sites: [ActivationSite] = []
    for (stage, blocks) in stages.enumerated() {
      for (index, block) in blocks.enumerated() {
        for (site, channels) in block.siteChannels.enumerated() {
          sites.append(
            ActivationSite(
              name: "layer\(stage + 1).\(index).act\(site + 1)", stage: stage, channels: channels))
        }
      }
    }
    let width = normalization.scale.value.count
    return sites + [ActivationSite(name: "act", stage: stages.count - 1, channels: width)]
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
    var features = stem(images)
    var site = 0
    for stage in stages.indices {
      for block in stages[stage].indices {
        features = stages[stage][block](
          features, activation: activation, firstSite: site, phase: phase)
        site += stages[stage][block].convolutions.count
      }
    }
    features = activation(normalization(features, phase: phase), at: site)
    return classifier(globalAveragePooling(features))
  }

  /// Visits all parameters, named as in `Tests/References/networks.py`.
  public mutating func visitParameters(_ visit: (String, inout Parameter) -> Void) {
    stem.visitParameters { visit("conv1.\($0)", &$1) }
    for stage in stages.indices {
      for block in stages[stage].indices {
        stages[stage][block].visitParameters { visit("layer\(stage + 1).\(block).\($0)", &$1) }
      }
    }
    normalization.visitParameters { visit("bn.\($0)", &$1) }
    classifier.visitParameters { visit("linear.\($0)", &$1) }
  }

  /// Visits the running statistics of all normalizations.
  public mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void) {
    for stage in stages.indices {
      for block in stages[stage].indices {
        stages[stage][block].visitStatistics { visit("layer\(stage + 1).\(block).\($0)", &$1) }
      }
    }
    normalization.visitStatistics { visit("bn.\($0)", &$1) }
  }
}

/// Two or three times normalization, activation and convolution, and a shortcut around all.
struct PreActivationBlock: Parameterized {
  var normalizations: [BatchNormalization]
  var convolutions: [Convolution]
  var projection: Convolution?

  /// The first convolution has the stride, as in the authors' program.
  init(
    channels: Int, filters: Int, stride: Int, isBottleneck: Bool, stream: inout RandomStream
  ) {
    let inner = isBottleneck ? filters / 4 : filters
    let sizes = isBottleneck ? [1, 3, 1] : [3, 3]
    normalizations = []
    convolutions = []
    for (index, size) in sizes.enumerated() {
      let inputs = index == 0 ? channels : inner
      normalizations.append(BatchNormalization(channels: inputs))
      convolutions.append(
        Convolution(
          size: size, channels: inputs, filters: index == sizes.count - 1 ? filters : inner,
          stride: index == 0 ? stride : 1, stream: &stream))
    }
    if stride != 1 || channels != filters {
      projection = Convolution(
        size: 1, channels: channels, filters: filters, stride: stride, stream: &stream)
    }
  }

  /// The channels at each activation.
  var siteChannels: [Int] { convolutions.map { $0.kernels.value.shape[2] } }

  mutating func callAsFunction(
    _ input: Variable<Float>, activation: some Activation, firstSite: Int, phase: Phase
  ) -> Variable<Float> {
    var (features, shortcut) = (input, input)
    for index in convolutions.indices {
      features = activation(
        normalizations[index](features, phase: phase), at: firstSite + index)
      if index == 0, let projection { shortcut = projection(features) }
      features = convolutions[index](features)
    }
    return addition(features, shortcut)
  }

  mutating func visitParameters(_ visit: (String, inout Parameter) -> Void) {
    for index in convolutions.indices {
      normalizations[index].visitParameters { visit("bn\(index + 1).\($0)", &$1) }
      convolutions[index].visitParameters { visit("conv\(index + 1).\($0)", &$1) }
    }
    projection?.visitParameters { visit("shortcut.0.\($0)", &$1) }
  }

  mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void) {
    for index in normalizations.indices {
      normalizations[index].visitStatistics { visit("bn\(index + 1).\($0)", &$1) }
    }
  }
}
