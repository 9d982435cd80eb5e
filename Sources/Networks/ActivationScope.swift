/// Which parts of a network share a cell.
public enum ActivationScope: String, CaseIterable, Sendable {
  /// One cell for the whole network.
  case network
  /// One for each of its stages.
  case stage
  /// One for each activation site.
  case site

  /// The cells of a network.
  ///
  /// - Parameter sites: The network's activation sites.
  /// - Returns: The cells' names, such as `stage1`, empty for the only one; and for each site the
  ///   index of its cell.
  public func cells(of sites: [ActivationSite]) -> (names: [String], cellOfSite: [Int]) {
    switch self {
    case .network:
      return ([""], sites.map { _ in 0 })
    case .stage:
      let stages = (sites.map(\.stage).max() ?? 0) + 1
      return ((0..<stages).map { "stage\($0)" }, sites.map(\.stage))
    case .site:
      return (sites.indices.map { "site\($0)" }, Array(sites.indices))
    }
  }

  /// Whether all sites of a cell stand between two linear maps, cell by cell.
  ///
  /// - Parameter sites: The network's activation sites.
  /// - Returns: For each cell, whether the signs of its argument and of its value are free.
  public func freeSigns(of sites: [ActivationSite]) -> [Bool] {
    let (names, cellOfSite) = cells(of: sites)
    var free = names.map { _ in true }
    for (site, cell) in zip(sites, cellOfSite) where !site.hasFreeSigns { free[cell] = false }
    return free
  }
}
