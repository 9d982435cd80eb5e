import Search
import Settings

/// A configuration as `config.yaml`, checkpoints and traces record it: a text of all its settings.
///
/// Texts of earlier versions lack the settings that came later, so that configurations are compared
/// by their values and never by their texts.
public struct RecordedConfiguration: Sendable {
  /// A line for each setting.
  public let text: String
  private let value: RunConfiguration
  private let settings: [Setting<RunConfiguration>]

  /// Records a configuration.
  ///
  /// - Parameters:
  ///   - configuration: The configuration.
  ///   - settings: The table of its settings.
  public init(_ configuration: RunConfiguration, _ settings: [Setting<RunConfiguration>]) {
    self.init(
      configuration, settings, text: ConfigurationFile.text(configuration, settings))
  }

  /// Takes over a text that is there already.
  init(
    _ configuration: RunConfiguration, _ settings: [Setting<RunConfiguration>], text: String
  ) {
    value = configuration
    self.settings = settings
    self.text = text
  }

  /// Whether a text records the same values; settings that it lacks are as they were before there
  /// were such.
  public func isSame(as other: String) -> Bool {
    if other == text { return true }
    var found = RunConfiguration.beforeAnySetting
    guard let values = try? ConfigurationFile.values(of: other, from: ""),
      (try? settings.assign(values, to: &found)) != nil
    else { return false }
    return settings.differences(found, value).isEmpty
  }
}

extension RecordedConfiguration {
  /// What every version has recorded of every search, whatever its method and optimizer.
  private static let everywhere: Set = [
    "network", "data", "seed", "epochs", "batch-size", "accumulation", "train-images",
    "validation-fraction", "learning-rate", "schedule", "weight-decay", "gradient-clip", "cell",
    "operations", "method", "scope", "bounding", "bound", "checkpoint-seconds",
  ]

  /// Whether a file is one that a run has left: it names all settings that there were then. One
  /// that somebody wrote names what shall be different, and is read over a preset.
  ///
  /// - Parameter values: What the file names.
  /// - Returns: Whether that is so; what it does not name is then as it was before there were such
  ///   settings, so that the run is repeated.
  public static func isRecord(_ values: [ConfigurationFile.Value]) -> Bool {
    everywhere.isSubset(of: values.map(\.name))
  }
}

extension RunConfiguration {
  /// What a record's settings are read over: it names all that there were when it was written, and
  /// what it does not name there was not.
  public static let beforeAnySetting = RunConfiguration(
    network: "resnet20", dataset: "fashion-mnist", search: SearchConfiguration())

  /// Reads the configuration of a run.
  ///
  /// - Parameters:
  ///   - folder: The run's folder.
  ///   - settings: The table of settings.
  /// - Throws: What reading the file throws, one line.
  public init(of folder: RunFolder, _ settings: [Setting<RunConfiguration>]) throws {
    self = .beforeAnySetting
    try ConfigurationFile.read(folder.configuration.relativePath, into: &self, settings)
  }
}

extension Catalog {
  /// The settings of a run, with the methods of this catalog.
  public var settings: [Setting<RunConfiguration>] {
    RunConfiguration.settings(proposers: proposers)
  }
}
