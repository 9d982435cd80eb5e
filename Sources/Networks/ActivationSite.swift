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
  /// Which signs make no difference to a training: of the argument, of the value.
  public let freeSigns: FreeSigns
}

/// Signs of an activation's argument and value that make no difference to a training, since
/// weights of the other sign, as likely at the beginning, undo them.
public struct FreeSigns: OptionSet, Sendable, Hashable {
  /// A bit for each.
  public let rawValue: Int

  /// Takes bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// Linear maps alone take what the site gives: not a shortcut around them.
  public static let value = FreeSigns(rawValue: 1)
  /// A linear map of the site's own gives what it takes.
  public static let argument = FreeSigns(rawValue: 2)
  /// What it takes is a sum, or a list, of linear maps' results that other sites take too: free if
  /// all of these change their signs together.
  public static let sharedArgument = FreeSigns(rawValue: 4)
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
  ///   - freeSigns: Which signs make no difference to a training.
  /// - Returns: The site, which `Pass.activate` takes.
  public mutating func add(
    _ name: String, stage: Int, channels: Int, freeSigns: FreeSigns = []
  ) -> ActivationSite {
    let site = ActivationSite(
      index: all.count, name: name, stage: stage, channels: channels, freeSigns: freeSigns)
    all.append(site)
    return site
  }
}
