import Activations
import Autodiff
import Tensors

/// The pre-activation residual network for small images: normalization and activation stand before
/// each convolution, and the shortcut from block to block is left untouched.
///
/// A block that changes the width or the size has a projection, a 1×1 convolution of its first
/// activation. Source: He et al., 2016, "Identity mappings in deep residual networks", figure 1b
/// and the authors' program.
public struct PreActivationNetwork: Model {
  var stem: Convolution
  var stages: [[PreActivationBlock]]
  var normalization: BatchNormalization
  var classifier: Linear
  /// Two or three sites in every block, and one before the classifier.
  public let activationSites: [ActivationSite]

  /// Makes a network of any width; weights are He-normal.
  ///
  /// - Parameters:
  ///   - blocks: Blocks in each stage; positive.
  ///   - widths: Channels of each stage; the first block of all but the first halves the image.
  ///   - hasBottlenecks: Whether a block is three convolutions, 1×1, 3×3 and 1×1, the first two of
  ///     a quarter of the width, or two of 3×3.
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
    var sites = ActivationSites()
    for (stage, next) in widths.enumerated() {
      var made: [PreActivationBlock] = []
      for block in 0..<blocks {
        let shape = PreActivationBlock.Shape(
          channels: width, filters: next, stride: stage > 0 && block == 0 ? 2 : 1,
          isBottleneck: hasBottlenecks)
        let places = shape.inputs.enumerated().map { site, channels in
          sites.add(
            "layer\(stage + 1).\(block).act\(site + 1)", stage: stage, channels: channels,
            freeSigns: site == 0 ? [.sharedArgument, .value] : [.argument, .value])
        }
        made.append(PreActivationBlock(shape, sites: places, stream: &stream))
        width = next
      }
      stages.append(made)
    }
    normalization = BatchNormalization(channels: width)
    classifier = Linear(inputs: width, outputs: classes, stream: &stream)
    _ = sites.add(
      "act", stage: widths.count - 1, channels: width, freeSigns: [.sharedArgument, .value])
    activationSites = sites.all
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
    for stage in stages.indices {
      for block in stages[stage].indices { features = stages[stage][block](features, in: pass) }
    }
    let last = activationSites[activationSites.count - 1]
    features = pass.activate(normalization(features, in: pass), at: last)
    return classifier(globalAveragePooling(features))
  }

  /// Visits all tensors, named as in `Tests/References/networks.py`.
  public mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    stem.visit("conv1", visit)
    for stage in stages.indices {
      for block in stages[stage].indices {
        stages[stage][block].visit("layer\(stage + 1).\(block)", visit)
      }
    }
    normalization.visit("bn", visit)
    classifier.visit("linear", visit)
  }
}

/// Two or three times normalization, activation and convolution, and a shortcut around all.
struct PreActivationBlock: Parameterized {
  var normalizations: [BatchNormalization]
  var convolutions: [Convolution]
  var projection: Convolution?
  let sites: [ActivationSite]

  /// The extents of a block.
  struct Shape {
    let channels: Int
    let filters: Int
    let stride: Int
    let isBottleneck: Bool

    private var inner: Int { isBottleneck ? filters / 4 : filters }
    /// The extent of each convolution's kernels.
    var sizes: [Int] { isBottleneck ? [1, 3, 1] : [3, 3] }
    /// The channels that each convolution takes: those at its activation.
    var inputs: [Int] { [channels] + sizes.dropFirst().map { _ in inner } }
    /// The channels that each convolution makes.
    var outputs: [Int] { sizes.dropFirst().map { _ in inner } + [filters] }
  }

  /// The first convolution has the stride, as in the authors' program.
  init(_ shape: Shape, sites: [ActivationSite], stream: inout RandomStream) {
    self.sites = sites
    normalizations = []
    convolutions = []
    for (index, size) in shape.sizes.enumerated() {
      normalizations.append(BatchNormalization(channels: shape.inputs[index]))
      convolutions.append(
        Convolution(
          size: size, channels: shape.inputs[index], filters: shape.outputs[index],
          stride: index == 0 ? shape.stride : 1, stream: &stream))
    }
    if shape.stride != 1 || shape.channels != shape.filters {
      projection = Convolution(
        size: 1, channels: shape.channels, filters: shape.filters, stride: shape.stride,
        stream: &stream)
    }
  }

  mutating func callAsFunction(
    _ input: Variable<Float>, in pass: Pass
  ) -> Variable<Float> {
    var (features, shortcut) = (input, input)
    for index in convolutions.indices {
      features = pass.activate(normalizations[index](features, in: pass), at: sites[index])
      if index == 0, let projection { shortcut = projection(features) }
      features = convolutions[index](features)
    }
    return addition(features, shortcut)
  }

  mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    for index in convolutions.indices {
      normalizations[index].visit("bn\(index + 1)", visit)
      convolutions[index].visit("conv\(index + 1)", visit)
    }
    projection?.visit("shortcut.0", visit)
  }
}
