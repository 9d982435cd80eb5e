import Datasets
import Files
import Networks
import Suggestions

/// The models and data sets that trials may name: a value, to which a program adds its own.
public struct TrialCatalog: Sendable {
  /// The models.
  public var models: ModelCatalog
  /// The data sets.
  public var datasets: DatasetCatalog

  /// Lists models and data sets; without any, those that come with this package.
  public init(models: ModelCatalog = .builtIn, datasets: DatasetCatalog = .builtIn) {
    self.models = models
    self.datasets = datasets
  }

  /// The model of a name.
  ///
  /// - Throws: `RunError` if there is none, with the one that was probably meant.
  public func model(named name: String) throws(RunError) -> ModelEntry {
    if let entry = models.entry(named: name) { return entry }
    if let family = models.families.first(where: { $0.claims(name) }) {
      throw RunError(
        "there is no network '\(name)'",
        cure: "in \(family.pattern), \(family.rule), such as \(family.examples[0])")
    }
    throw RunError(
      "there is no network '\(name)'", cure: namesInstead(of: name, known: models.examples))
  }
}
