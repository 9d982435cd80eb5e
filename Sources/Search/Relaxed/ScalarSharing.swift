import Networks

/// Which elements share the value of a learnable scalar.
public enum ScalarSharing: String, CaseIterable, Sendable {
  /// All that a cell is applied to.
  case shared
  /// Each channel of each activation site has its own (Ramachandran, Zoph, Le, 2017; Bingham,
  /// Miikkulainen, 2022). On ResNet-20 a search's steps take 4 to 5 times as long with all
  /// operations alive, because every channel gets a curve; without a learnable operation alive,
  /// they take what they take with shared scalars.
  case perChannel = "per-channel"

  /// The channels that have scalars of their own.
  ///
  /// - Parameters:
  ///   - sites: The network's activation sites.
  ///   - cellOfSite: For each of them the index of its cell.
  ///   - cells: The number of cells.
  /// - Returns: For each cell the channels of its sites, in their order; nil if scalars are shared.
  func channels(of sites: [ActivationSite], cellOfSite: [Int], cells: Int) -> [[Int]]? {
    guard self == .perChannel else { return nil }
    return (0..<cells).map { cell in
      zip(sites, cellOfSite).filter { $0.1 == cell }.map(\.0.channels)
    }
  }
}
