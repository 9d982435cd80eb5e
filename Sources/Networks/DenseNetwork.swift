import Activations
import Autodiff
import Tensors

/// The densely connected network for small images, with bottlenecks and compression (DenseNet-BC):
/// each layer adds k channels to all those before it.
///
/// Three blocks of (L − 4) / 6 layers; the stem has 2k channels, a bottleneck 4k, and a transition
/// halves channels and image. Without dropout. Source: Huang et al., 2017, "Densely connected
/// convolutional networks", section 3.
public struct DenseNetwork: ImageClassifier {
  var stem: Convolution
  var blocks: [[DenseLayer]]
  var transitions: [Transition]
  var normalization: BatchNormalization
  var classifier: Linear

  /// Makes a network with He-normal weights.
  ///
  /// - Parameters:
  ///   - depth: L, 6n + 4: 40, 100, 190, …
  ///   - growth: k, positive.
  ///   - channels: Channels of the images.
  ///   - classes: Number of classes.
  ///   - stream: The random numbers of the initialization.
  /// - Precondition: `depth` is such a number.
  public init(depth: Int, growth: Int, channels: Int, classes: Int, stream: inout RandomStream) {
    precondition(
      depth >= 10 && (depth - 4) % 6 == 0 && growth > 0,
      "DenseNetwork: depth \(depth) is not 6n + 4, or growth \(growth) is not positive")
    var width = 2 * growth
    stem = Convolution(channels: channels, filters: width, stream: &stream)
    (blocks, transitions) = ([], [])
    for block in 0..<3 {
      if block > 0 {
        transitions.append(Transition(channels: width, filters: width / 2, stream: &stream))
        width /= 2
      }
      var layers: [DenseLayer] = []
      for _ in 0..<(depth - 4) / 6 {
        layers.append(DenseLayer(channels: width, growth: growth, stream: &stream))
        width += growth
      }
      blocks.append(layers)
    }
    normalization = BatchNormalization(channels: width)
    classifier = Linear(inputs: width, outputs: classes, stream: &stream)
  }

  /// Two sites in every layer, one in every transition, which belongs to the block before it, and
  /// one before the classifier.
  public var activationSites: [ActivationSite] {
    var sites: [ActivationSite] = []
    for (stage, layers) in blocks.enumerated() {
      for (index, layer) in layers.enumerated() {
        let name = "dense\(stage + 1).\(index)"
        sites.append(
          ActivationSite(
            name: "\(name).act1", stage: stage, channels: layer.bottleneck.kernels.value.shape[2]))
        sites.append(
          ActivationSite(
            name: "\(name).act2", stage: stage, channels: layer.growth.kernels.value.shape[2]))
      }
      if stage < transitions.count {
        sites.append(
          ActivationSite(
            name: "trans\(stage + 1).act", stage: stage,
            channels: transitions[stage].compression.kernels.value.shape[2]))
      }
    }
    let width = normalization.scale.value.count
    return sites + [ActivationSite(name: "act", stage: 2, channels: width)]
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
    for block in blocks.indices {
      for layer in blocks[block].indices {
        features = blocks[block][layer](
          features, activation: activation, firstSite: site, phase: phase)
        site += 2
      }
      if block < transitions.count {
        features = transitions[block](features, activation: activation, site: site, phase: phase)
        site += 1
      }
    }
    features = activation(normalization(features, phase: phase), at: site)
    return classifier(globalAveragePooling(features))
  }

  /// Visits all parameters, named as in `Tests/References/networks.py`.
  public mutating func visitParameters(_ visit: (String, inout Parameter) -> Void) {
    stem.visitParameters { visit("conv1.\($0)", &$1) }
    for block in blocks.indices {
      for layer in blocks[block].indices {
        blocks[block][layer].visitParameters { visit("dense\(block + 1).\(layer).\($0)", &$1) }
      }
      if block < transitions.count {
        transitions[block].visitParameters { visit("trans\(block + 1).\($0)", &$1) }
      }
    }
    normalization.visitParameters { visit("bn.\($0)", &$1) }
    classifier.visitParameters { visit("linear.\($0)", &$1) }
  }

  /// Visits the running statistics of all normalizations.
  public mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void) {
    for block in blocks.indices {
      for layer in blocks[block].indices {
        blocks[block][layer].visitStatistics { visit("dense\(block + 1).\(layer).\($0)", &$1) }
      }
      if block < transitions.count {
        transitions[block].visitStatistics { visit("trans\(block + 1).\($0)", &$1) }
      }
    }
    normalization.visitStatistics { visit("bn.\($0)", &$1) }
  }
}

/// A 1×1 convolution to 4k channels and a 3×3 convolution to k, which are put behind the input's.
struct DenseLayer: Parameterized {
  var bottleneckNormalization: BatchNormalization
  var bottleneck: Convolution
  var growthNormalization: BatchNormalization
  var growth: Convolution

  init(channels: Int, growth: Int, stream: inout RandomStream) {
    bottleneckNormalization = BatchNormalization(channels: channels)
    bottleneck = Convolution(size: 1, channels: channels, filters: 4 * growth, stream: &stream)
    growthNormalization = BatchNormalization(channels: 4 * growth)
    self.growth = Convolution(channels: 4 * growth, filters: growth, stream: &stream)
  }

  mutating func callAsFunction(
    _ input: Variable<Float>, activation: some Activation, firstSite: Int, phase: Phase
  ) -> Variable<Float> {
    let narrow = bottleneck(
      activation(bottleneckNormalization(input, phase: phase), at: firstSite))
    let new = growth(activation(growthNormalization(narrow, phase: phase), at: firstSite + 1))
    return concatenation([input, new])
  }

  mutating func visitParameters(_ visit: (String, inout Parameter) -> Void) {
    bottleneckNormalization.visitParameters { visit("bn1.\($0)", &$1) }
    bottleneck.visitParameters { visit("conv1.\($0)", &$1) }
    growthNormalization.visitParameters { visit("bn2.\($0)", &$1) }
    growth.visitParameters { visit("conv2.\($0)", &$1) }
  }

  mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void) {
    bottleneckNormalization.visitStatistics { visit("bn1.\($0)", &$1) }
    growthNormalization.visitStatistics { visit("bn2.\($0)", &$1) }
  }
}

/// A 1×1 convolution to fewer channels, then means over squares of 2×2 pixels.
struct Transition: Parameterized {
  var normalization: BatchNormalization
  var compression: Convolution

  init(channels: Int, filters: Int, stream: inout RandomStream) {
    normalization = BatchNormalization(channels: channels)
    compression = Convolution(size: 1, channels: channels, filters: filters, stream: &stream)
  }

  mutating func callAsFunction(
    _ input: Variable<Float>, activation: some Activation, site: Int, phase: Phase
  ) -> Variable<Float> {
    averagePooling(
      compression(activation(normalization(input, phase: phase), at: site)), size: 2)
  }

  mutating func visitParameters(_ visit: (String, inout Parameter) -> Void) {
    normalization.visitParameters { visit("bn.\($0)", &$1) }
    compression.visitParameters { visit("conv.\($0)", &$1) }
  }

  mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void) {
    normalization.visitStatistics { visit("bn.\($0)", &$1) }
  }
}
