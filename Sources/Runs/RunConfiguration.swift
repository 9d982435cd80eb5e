import Training
import Search

/// What `grafs-swift search` was asked to do: a network, a data set, and the search itself.
public struct RunConfiguration: Sendable, Hashable {
  /// The network's name in `NetworkCatalog`.
  public var network: String
  /// The data set's name in `DatasetCatalog`.
  public var dataset: String
  /// Everything that decides what the search computes.
  public var search: SearchConfiguration
  /// The longest time between two checkpoints, in seconds; there is one after every epoch besides.
  public var checkpointSeconds = 120.0

  /// Combines the three.
  public init(network: String, dataset: String, search: SearchConfiguration) {
    self.network = network
    self.dataset = dataset
    self.search = search
  }

  /// Checks every value on its own.
  ///
  /// - Throws: `ImpossibleValue`, naming the first setting that no run can have.
  public func validate() throws(ImpossibleValue) {
    try search.validate()
    try ImpossibleValue.check(
      checkpointSeconds >= 0, "checkpoint-seconds", checkpointSeconds,
      mustBe: "0, for after every step, or a positive number, such as 120")
  }

  /// The names of the settings in which two configurations differ.
  public func differences(from other: RunConfiguration) -> [String] {
    Setting.all.filter { $0.text(self) != $0.text(other) }.map(\.name)
  }
}
