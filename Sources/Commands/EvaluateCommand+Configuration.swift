import Evaluation
import Runs
import Search

extension EvaluateCommand {
  /// What is trained and how, where it was said, and what of it was passed over.
  struct Resolved {
    var configuration: EvaluationConfiguration
    /// The names of all settings that a file, `--set` or an option gives.
    var named: Set<String> = []
    /// Those that the file gives.
    var namedInFile: Set<String> = []
    /// A line about settings of a search; nil if there were none.
    var warning: String?
  }

  /// Preset, then file, then `--set`, then options.
  ///
  /// - Parameters:
  ///   - network: The network, unless one is named.
  ///   - dataset: The data set, unless one is named.
  /// - Returns: All of it.
  /// - Throws: One-line errors that name the file or option.
  func resolved(network: String, dataset: String) throws -> Resolved {
    var resolved = Resolved(
      configuration: EvaluationConfiguration(
        network: network, dataset: dataset, preset: preset ?? .quick))
    let table = EvaluationConfiguration.settings
    if let config = recipe.config {
      // Once: it may be a pipe.
      let values = try ConfigurationFile.values(in: config)
      let names = values.map(\.name)
      let others = Self.settingsOfSearches(named: names)
      try ConfigurationFile.assign(
        values.filter { !others.contains($0.name) }, from: config, to: &resolved.configuration,
        table)
      let passed = names.filter(others.contains)
      if !passed.isEmpty {
        resolved.warning =
          "\(config): is a search's; passed over: \(passed.joined(separator: ", "))"
      }
      resolved.namedInFile = Set(names)
    }
    try recipe.apply(
      to: &resolved.configuration, table, others: ownSettings, inFile: resolved.namedInFile)
    resolved.named.formUnion(resolved.namedInFile)
    resolved.named.formUnion(
      recipe.namesSet + ownSettings.filter { $0.value != nil }.map(\.name))
    return resolved
  }

  /// The command's own options that are settings.
  var ownSettings: [RecipeOptions.OptionalSetting] {
    [
      ("network", network), ("data", dataOptions.data), ("seeds", seeds),
      ("learning-rates", learningRates),
    ]
  }

  /// The settings that only searches have, if a file is one's: it names a method.
  private static func settingsOfSearches(named names: [String]) -> Set<String> {
    guard names.contains("method") else { return [] }
    let all = Offered.catalog.settings
    return Set(all.map(\.name)).subtracting(EvaluationConfiguration.settings.map(\.name))
  }
}
