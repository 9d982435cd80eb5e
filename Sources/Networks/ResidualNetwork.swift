import Activations
import Autodiff
import Tensors

/// The residual network for small images, with 6n + 2 layers and parameter-free shortcuts.
///
/// Three stages of n blocks with 16, 32 and 64 channels; the first block of the second and third
/// halves the image. Source: He et al., 2015, "Deep residual learning for image recognition",
/// section 4.2 (option A).
public struct ResidualNetwork: Model {
  var stem: Convolution
  var stemNormalization: BatchNormalization
  var stages: [[ResidualBlock]]
  var classifier: Linear
  /// One site after the stem, two in every block.
  public let activationSites: [ActivationSite]

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
    var sites = ActivationSites()
    _ = sites.add("act1", stage: 0, channels: widths[0])
    var width = widths[0]
    for (stage, next) in widths.enumerated() {
      var blocks: [ResidualBlock] = []
      for block in 0..<(depth - 2) / 6 {
        let stride = stage > 0 && block == 0 ? 2 : 1
        // The second's values go on along the next shortcut, as those of the stem do.
        let places = ["act1", "act2"].map {
          sites.add(
            "layer\(stage + 1).\(block).\($0)", stage: stage, channels: next,
            freeSigns: $0 == "act1" ? [.argument, .value] : [])
        }
        blocks.append(
          ResidualBlock(
            channels: width, filters: next, stride: stride, sites: places, stream: &stream))
        width = next
      }
      stages.append(blocks)
    }
    classifier = Linear(inputs: width, outputs: classes, stream: &stream)
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
    let first = stemNormalization(stem(pass.tape.constant(images)), in: pass)
    var features = pass.activate(first, at: activationSites[0])
    for stage in stages.indices {
      for block in stages[stage].indices { features = stages[stage][block](features, in: pass) }
    }
    return classifier(globalAveragePooling(features))
  }

  /// Visits all tensors, named as in the usual PyTorch programs for this network.
  public mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    stem.visit("conv1", visit)
    stemNormalization.visit("bn1", visit)
    for stage in stages.indices {
      for block in stages[stage].indices {
        stages[stage][block].visit("layer\(stage + 1).\(block)", visit)
      }
    }
    classifier.visit("linear", visit)
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
  let sites: [ActivationSite]

  init(
    channels: Int, filters: Int, stride: Int, sites: [ActivationSite], stream: inout RandomStream
  ) {
    first = Convolution(channels: channels, filters: filters, stride: stride, stream: &stream)
    firstNormalization = BatchNormalization(channels: filters)
    second = Convolution(channels: filters, filters: filters, stream: &stream)
    secondNormalization = BatchNormalization(channels: filters)
    self.filters = filters
    self.sites = sites
    shortens = stride != 1 || channels != filters
  }

  mutating func callAsFunction(
    _ input: Variable<Float>, in pass: Pass
  ) -> Variable<Float> {
    let shortcut =
      shortens ? subsampling(input, stride: first.stride, channels: filters) : input
    let hidden = pass.activate(firstNormalization(first(input), in: pass), at: sites[0])
    let residual = secondNormalization(second(hidden), in: pass)
    return pass.activate(residual.adding(shortcut), at: sites[1])
  }

  mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    first.visit("conv1", visit)
    firstNormalization.visit("bn1", visit)
    second.visit("conv2", visit)
    secondNormalization.visit("bn2", visit)
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
