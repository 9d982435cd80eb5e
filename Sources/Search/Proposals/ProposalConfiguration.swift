import Settings

/// What only a search by proposals has.
public struct ProposalConfiguration: Sendable, Hashable {
  /// The proposer's name in the catalog.
  public private(set) var proposer: String
  /// How many candidates are trained.
  public var budget = 20
  /// How many candidates are proposed at a time, before the first of them is observed. Results
  /// depend on it, and not on how many are trained side by side.
  public var width = 4

  /// What only searches of this proposer are given.
  var own: OwnSettings

  /// A search by a proposer, as it usually is.
  public init(_ entry: ProposerEntry) { (proposer, own) = (entry.name, entry.settings) }

  /// Changes to another proposer, as it usually is; keeps what all have.
  mutating func change(to entry: ProposerEntry) {
    (proposer, own) = (entry.name, entry.settings)
  }
}

extension ProposalConfiguration {
  /// The settings; the proposer's name stands in the search's own list, as its method.
  public static let settings: [Setting<ProposalConfiguration>] = [
    Setting("budget", \.budget, "a whole number", help: "How many candidates are trained.")
      .must("be from 1 to 1000000") { (1...1_000_000).contains($0.budget) },
    Setting(
      "width", \.width, "a whole number",
      help: "How many candidates are proposed before the first of them is observed."
    ).must("be from 1 to 1000") { (1...1000).contains($0.width) },
  ]
}
