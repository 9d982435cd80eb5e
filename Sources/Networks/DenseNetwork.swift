import Activations
import Autodiff
import Tensors

/// The densely connected network for small images, with bottlenecks and compression (DenseNet-BC):
/// each layer adds k channels to all those before it.
///
/// Three blocks of (L − 4) / 6 layers; the stem has 2k channels, a bottleneck 4k, and a transition
/// halves channels and image. Without dropout. Source: Huang et al., 2017, "Densely connected
/// convolutional networks", section 3.
public struct DenseNetwork: Model {
  var stem: Convolution
  var blocks: [[DenseLayer]]
  var transitions: [Transition]
  var normalization: BatchNormalization
  var classifier: Linear
  /// Two sites in every layer, one in every transition, which belongs to the block before it, and
  /// one before the classifier.
  public let activationSites: [ActivationSite]

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
    var sites = ActivationSites()
    for block in 0..<3 {
      if block > 0 {
        let site = sites.add(
          "trans\(block).act", stage: block - 1, channels: width,
          freeSigns: [.sharedArgument, .value])
        transitions.append(
          Transition(channels: width, filters: width / 2, site: site, stream: &stream))
        width /= 2
      }
      var layers: [DenseLayer] = []
      for layer in 0..<(depth - 4) / 6 {
        let name = "dense\(block + 1).\(layer)"
        let places = [
          sites.add(
            "\(name).act1", stage: block, channels: width, freeSigns: [.sharedArgument, .value]),
          sites.add(
            "\(name).act2", stage: block, channels: 4 * growth, freeSigns: [.argument, .value]),
        ]
        layers.append(DenseLayer(channels: width, growth: growth, sites: places, stream: &stream))
        width += growth
      }
      blocks.append(layers)
    }
    normalization = BatchNormalization(channels: width)
    classifier = Linear(inputs: width, outputs: classes, stream: &stream)
    _ = sites.add("act", stage: 2, channels: width, freeSigns: [.sharedArgument, .value])
    activationSites = sites.all
  }

  /// Returns the logits of a batch of images.
  ///
  /// - Parameters:
  ///   - images: `[batch, height, width, channels]`.
  ///   - pass: The activation, and whose statistics normalize.
  /// - Returns: `[batch, classes]`.
  public mutating func callAsFunction(
    _ images: Tensor<Float>, in pass: inout Pass
  ) -> Variable<Float> {
    var features = stem(pass.tape.constant(images))
    for block in blocks.indices {
      for layer in blocks[block].indices { features = blocks[block][layer](features, in: pass) }
      if block < transitions.count { features = transitions[block](features, in: pass) }
    }
    let last = activationSites[activationSites.count - 1]
    features = pass.activate(normalization(features, in: pass), at: last)
    return classifier(globalAveragePooling(features))
  }

  /// Visits all tensors, named as in `Tests/References/networks.py`.
  public mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    stem.visit("conv1", visit)
    for block in blocks.indices {
      for layer in blocks[block].indices {
        blocks[block][layer].visit("dense\(block + 1).\(layer)", visit)
      }
      if block < transitions.count { transitions[block].visit("trans\(block + 1)", visit) }
    }
    normalization.visit("bn", visit)
    classifier.visit("linear", visit)
  }
}

/// A 1×1 convolution to 4k channels and a 3×3 convolution to k, which are put behind the input's.
struct DenseLayer: Parameterized {
  var bottleneckNormalization: BatchNormalization
  var bottleneck: Convolution
  var growthNormalization: BatchNormalization
  var growth: Convolution
  let sites: [ActivationSite]

  init(channels: Int, growth: Int, sites: [ActivationSite], stream: inout RandomStream) {
    self.sites = sites
    bottleneckNormalization = BatchNormalization(channels: channels)
    bottleneck = Convolution(size: 1, channels: channels, filters: 4 * growth, stream: &stream)
    growthNormalization = BatchNormalization(channels: 4 * growth)
    self.growth = Convolution(channels: 4 * growth, filters: growth, stream: &stream)
  }

  mutating func callAsFunction(_ input: Variable<Float>, in pass: Pass) -> Variable<Float> {
    let narrow = bottleneck(pass.activate(bottleneckNormalization(input, in: pass), at: sites[0]))
    let new = growth(pass.activate(growthNormalization(narrow, in: pass), at: sites[1]))
    return concatenation([input, new])
  }

  mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    bottleneckNormalization.visit("bn1", visit)
    bottleneck.visit("conv1", visit)
    growthNormalization.visit("bn2", visit)
    growth.visit("conv2", visit)
  }
}

/// A 1×1 convolution to fewer channels, then means over squares of 2×2 pixels.
struct Transition: Parameterized {
  var normalization: BatchNormalization
  var compression: Convolution
  let site: ActivationSite

  init(channels: Int, filters: Int, site: ActivationSite, stream: inout RandomStream) {
    self.site = site
    normalization = BatchNormalization(channels: channels)
    compression = Convolution(size: 1, channels: channels, filters: filters, stream: &stream)
  }

  mutating func callAsFunction(_ input: Variable<Float>, in pass: Pass) -> Variable<Float> {
    averagePooling(compression(pass.activate(normalization(input, in: pass), at: site)), size: 2)
  }

  mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    normalization.visit("bn", visit)
    compression.visit("conv", visit)
  }
}
