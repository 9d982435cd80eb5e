import Activations
import Files
import Suggestions
import Trials

/// Everything that a command may name: a value, to which a program adds its own.
public struct Catalog: Sendable {
  /// The models and data sets.
  public var trials: TrialCatalog
  /// The searches by proposals.
  public var proposers: [ProposerEntry]
  /// The operations that cells can have.
  public var operations: OperationSet

  /// Lists what may be named; without any, what comes with this package.
  public init(
    trials: TrialCatalog = TrialCatalog(), proposers: [ProposerEntry] = Self.builtInProposers,
    operations: OperationSet = .allPrimitives
  ) {
    self.trials = trials
    self.proposers = proposers
    self.operations = operations
  }

  /// The searches by proposals that come with this package, one line each.
  public static let builtInProposers: [ProposerEntry] = [
    RandomProposals.entry
  ]

  /// The proposer of a name.
  ///
  /// - Throws: `RunError` if there is none.
  public func proposer(named name: String) throws(RunError) -> ProposerEntry {
    if let entry = proposers.first(where: { $0.name == name }) { return entry }
    throw RunError(
      "there is no method '\(name)'",
      cure: namesInstead(of: name, known: RelaxedMethod.names + proposers.map(\.name)))
  }
}
