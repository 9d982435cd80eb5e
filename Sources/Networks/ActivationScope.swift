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

  /// Which signs make no difference to a training, of each cell's function alone, and of all cells'
  /// together if they have the same.
  ///
  /// - Parameter sites: The network's activation sites.
  /// - Returns: `value` and `argument`, where they are free.
  public func freeSigns(
    of sites: [ActivationSite]
  ) -> (ofCells: [FreeSigns], together: FreeSigns) {
    let (names, cellOfSite) = cells(of: sites)
    var free = names.map { _ in [.value, .argument] as FreeSigns }
    var together: FreeSigns = [.value, .argument]
    for (site, cell) in zip(sites, cellOfSite) {
      free[cell].formIntersection(site.freeSigns)
      together.formIntersection(
        site.freeSigns.contains(.sharedArgument)
          ? site.freeSigns.union(.argument) : site.freeSigns)
    }
    return (names.count == 1 ? [together] : free, together)
  }
}
