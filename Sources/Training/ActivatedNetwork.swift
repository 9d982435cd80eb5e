import Networks
import Tensors

/// A network and its activation as one list of parameters, the network's first: what is trained,
/// and saved.
public struct ActivatedNetwork<Network: Parameterized, Activation: Parameterized>: Parameterized {
  /// The network.
  public var network: Network
  /// Its activation.
  public var activation: Activation

  /// Makes a list of both.
  public init(network: Network, activation: Activation) {
    self.network = network
    self.activation = activation
  }

  /// Visits the tensors of both.
  public mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    network.visit(visit)
    activation.visit(visit)
  }
}
