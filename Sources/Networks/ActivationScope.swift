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
}
