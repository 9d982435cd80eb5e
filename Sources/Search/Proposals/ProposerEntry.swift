import Settings

/// What only searches of one proposer are given, such as the size of an evolution's population.
public protocol ProposerSettings: Sendable, Hashable {
  /// As it is unless something else is said.
  init()

  /// The table, which files, `--set` and documentation read.
  static var settings: [Setting<Self>] { get }
}

/// A kind of proposer that can be asked for by name.
public struct ProposerEntry: Sendable {
  /// The name, as `--method` has it.
  public let name: String

  /// Its own settings, as they usually are.
  let settings: OwnSettings
  /// The table of its own settings.
  let table: [Setting<ProposalConfiguration>]
  /// Makes one that has not begun.
  let make: @Sendable (ProposalConfiguration, ProposalProblem) -> any Proposer

  /// Describes a kind of proposer without settings of its own.
  ///
  /// - Parameters:
  ///   - name: The name, as `--method` has it.
  ///   - make: Makes one that has not begun.
  public init(name: String, make: @escaping @Sendable (ProposalProblem) -> any Proposer) {
    self.init(name: name, settings: NoSettings.self) { _, problem in make(problem) }
  }

  /// Describes a kind of proposer.
  ///
  /// - Parameters:
  ///   - name: The name, as `--method` has it.
  ///   - settings: What only its searches are given; names that another proposer has too mean
  ///     something of each.
  ///   - make: Makes one that has not begun.
  public init<Own: ProposerSettings>(
    name: String, settings: Own.Type,
    make: @escaping @Sendable (Own, ProposalProblem) -> any Proposer
  ) {
    self.name = name
    self.settings = OwnSettings(Own())
    table = Own.settings.map { setting in
      setting.inside(
        onlyWith: "method \(name)",
        part: { $0.proposer == name ? $0.own.value as? Own : nil },
        replace: { $0.own = OwnSettings($1) })
    }
    self.make = { configuration, problem in
      guard let own = configuration.own.value as? Own else {
        preconditionFailure("ProposerEntry: \(name) with the settings \(configuration.own.value)")
      }
      return make(own, problem)
    }
  }
}

/// The settings of any one proposer, as a value.
struct OwnSettings: Sendable, Hashable {
  let value: any ProposerSettings

  init(_ value: some ProposerSettings) { self.value = value }

  static func == (left: OwnSettings, right: OwnSettings) -> Bool {
    AnyHashable(left.value) == AnyHashable(right.value)
  }

  func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
}

private struct NoSettings: ProposerSettings {
  static let settings: [Setting<NoSettings>] = []
}
