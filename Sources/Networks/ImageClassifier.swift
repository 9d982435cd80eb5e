import Activations
import Autodiff
import Tensors

/// A place in a network where an activation stands.
public struct ActivationSite: Sendable, Hashable {
  /// The layer's name, such as `layer1.0.act1`.
  public let name: String
  /// Which of the network's stages it belongs to, from 0.
  public let stage: Int
  /// The number of channels that pass.
  public let channels: Int

  /// Names a site.
  public init(name: String, stage: Int, channels: Int) {
    self.name = name
    self.stage = stage
    self.channels = channels
  }
}

/// A network that maps images to class scores; the activation is an argument of every pass, so
/// search, training and transfer run the same code.
public protocol ImageClassifier: Parameterized {
  /// The places where the activation stands, in the order of a forward pass.
  var activationSites: [ActivationSite] { get }

  /// Returns the logits of a batch of images.
  ///
  /// - Parameters:
  ///   - images: `[batch, height, width, channels]`.
  ///   - activation: The function at every site; sites count from 0 in the order of
  ///     `activationSites`.
  ///   - phase: Whether normalization uses the batch's statistics and updates the running ones.
  /// - Returns: `[batch, classes]`.
  mutating func callAsFunction(
    _ images: Variable<Float>, activation: some Activation, phase: Phase
  ) -> Variable<Float>
}
