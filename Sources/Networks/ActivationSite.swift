/// A place in a network where an activation stands.
public struct ActivationSite: Sendable, Hashable {
  /// Its place in the network's list, from 0.
  public let index: Int
  /// The layer's name, such as `layer1.0.act1`.
  public let name: String
  /// Which of the network's stages it belongs to, from 0.
  public let stage: Int
  /// The number of channels that pass.
  public let channels: Int
  /// Whether it stands between two linear maps, each as likely as its negative at the beginning:
  /// f(x), f(−x), −f(x) and −f(−x) are trained alike there. An activation whose values go on along
  /// a shortcut does not.
  public let hasFreeSigns: Bool
}

/// The list of a network's sites, which hands them out while the network is built.
///
///     var sites = ActivationSites()
///     first = sites.add("act1", stage: 0, channels: 16)
///     activationSites = sites.all
public struct ActivationSites {
  /// The sites so far, in the order of a forward pass.
  public private(set) var all: [ActivationSite] = []

  /// Begins an empty list.
  public init() {}

  /// Hands out the next site.
  ///
  /// - Parameters:
  ///   - name: The layer's name, such as `layer1.0.act1`.
  ///   - stage: Which of the network's stages it belongs to, from 0.
  ///   - channels: The number of channels that pass.
  ///   - hasFreeSigns: Whether it stands between two linear maps, each as likely as its negative at
  ///     the beginning.
  /// - Returns: The site, which `Pass.activate` takes.
  public mutating func add(
    _ name: String, stage: Int, channels: Int, hasFreeSigns: Bool = false
  ) -> ActivationSite {
    let site = ActivationSite(
      index: all.count, name: name, stage: stage, channels: channels, hasFreeSigns: hasFreeSigns)
    all.append(site)
    return site
  }
}
