import Search
import Settings

/// What `grafs-swift search` was asked to do: a network, a data set, and the search itself.
public struct RunConfiguration: Sendable, Hashable {
  /// The network's name in the catalog of models.
  public var network: String
  /// The data set's name in the catalog of data sets.
  public var dataset: String
  /// Everything that decides what the search computes.
  public var search: SearchConfiguration
  /// The longest time between two checkpoints, in seconds; there is one after every epoch besides.
  public var checkpointSeconds = 120.0

  /// Combines a network, a data set and a search.
  public init(network: String, dataset: String, search: SearchConfiguration) {
    self.network = network
    self.dataset = dataset
    self.search = search
  }

  /// The settings of a run.
  ///
  /// - Parameter proposers: The searches by proposals that may be asked for.
  /// - Returns: The table, in the order in which files list it.
  public static func settings(proposers: [ProposerEntry]) -> [Setting<RunConfiguration>] {
    [
      Setting("network", \.network, "a network's name", help: "The network."),
      Setting("data", \.dataset, "a data set's name", help: "The data set."),
    ] + SearchConfiguration.settings(proposers: proposers).map { $0.inside(\.search) } + [
      Setting(
        "checkpoint-seconds", \.checkpointSeconds, "a number",
        help: "The longest time between two checkpoints, in seconds."
      ).must("be 0, for after every step, or a positive number, such as 120") {
        $0.checkpointSeconds >= 0
      }
    ]
  }
}
