import Networks
import Tensors

/// A network and its activation as one list of parameters, the network's first: what is trained, and
/// saved.
public struct ActivatedNetwork<Network: Parameterized, Activation: Parameterized>: Parameterized {
  /// The network.
  public var network: Network
  /// Its activation.
  public var activation: Activation

  /// Joins the two.
  public init(network: Network, activation: Activation) {
    self.network = network
    self.activation = activation
  }

  /// Visits the parameters of both.
  public mutating func visitParameters(_ visit: (String, inout Parameter) -> Void) {
    network.visitParameters(visit)
    activation.visitParameters(visit)
  }

  /// Visits the statistics of both.
  public mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void) {
    network.visitStatistics(visit)
    activation.visitStatistics(visit)
  }
}
