import Search

/// What `grafs-swift search` was asked to do: a network, a data set, and the search itself.
public struct RunConfiguration: Sendable, Hashable {
  /// The network's name in `NetworkCatalog`.
  public var network: String
  /// The data set's name in `DatasetCatalog`.
  public var dataset: String
  /// Everything that decides what the search computes.
  public var search: SearchConfiguration

  /// Combines the three.
  public init(network: String, dataset: String, search: SearchConfiguration) {
    self.network = network
    self.dataset = dataset
    self.search = search
  }
}
