import ArgumentParser
import Evaluation
import Files
import Runs
import Settings

/// How networks are trained: what `search` and `evaluate` both read from files, settings and
/// options.
struct RecipeOptions: ParsableArguments {
  @Option(help: "A YAML file of settings, such as an earlier run's config.yaml.")
  var config: String?

  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Any setting of a configuration file; may be given several times.", valueName: "key=value"))
  var settings: [String] = []

  @Option(parsing: .unconditional, help: "Length of the search, or of each training, in epochs.")
  var epochs: Int?

  @Option(parsing: .unconditional, help: "Images that pass through the network at a time.")
  var batchSize: Int?

  @Option(parsing: .unconditional, help: "Use the first so many training images, or all.")
  var trainImages: ExampleCount?

  @Option(parsing: .unconditional, help: "Initial learning rate of the weights.")
  var learningRate: Double?

  @Option(
    parsing: .unconditional,
    help: "Where the random numbers come from; of several seeds the first.")
  var seed: UInt64?

  /// An option that is a setting: the setting's name, and the value if it was given.
  typealias OptionalSetting = (name: String, value: (any CustomStringConvertible)?)

  private var options: [OptionalSetting] {
    [
      ("epochs", epochs), ("batch-size", batchSize), ("train-images", trainImages),
      ("learning-rate", learningRate), ("seed", seed),
    ]
  }

  /// The names of settings that `--set` gives.
  var namesSet: [String] { settings.map { String($0.prefix { $0 != "=" }) } }

  /// Takes over `--set`, then the options, and checks everything.
  ///
  /// - Parameters:
  ///   - root: What is changed.
  ///   - table: The settings of its type.
  ///   - assignments: What stands behind those of `--set`, such as `method=darts`.
  ///   - others: The command's own options.
  ///   - named: The settings that `--config` gives.
  /// - Throws: `ConfigurationError` or `ImpossibleValue`, one line that says where the value
  ///   stands.
  func apply<Root>(
    to root: inout Root, _ table: [Setting<Root>], assignments: [String] = [],
    others: [OptionalSetting], inFile named: Set<String>
  ) throws {
    try ConfigurationFile.assign(settings + assignments, to: &root, table)
    let given = (options + others).compactMap { option in
      option.value.map { (name: option.name, value: "\($0)") }
    }
    try ConfigurationFile.assign(options: given, to: &root, table)
    do {
      try table.check(root)
    } catch {
      throw located(error, others: others, inFile: named)
    }
  }

  /// What is wrong with a value, by the place where it was given: there may be no option of the
  /// setting's name.
  ///
  /// - Parameters:
  ///   - error: Of a value that was read by `apply`, or after it.
  ///   - others: The command's options that are settings, besides those here.
  ///   - named: The settings that `--config` gives, which may be a pipe and is read once.
  /// - Returns: An error that names `--set`, the file, or the option.
  func located(
    _ error: ImpossibleValue, others: [OptionalSetting], inFile named: Set<String>
  ) -> any Error {
    let name = error.setting
    let complaint = "'\(name)' \(error.complaint)"
    let own = options + others
    if own.contains(where: { $0.name == name && $0.value != nil }) { return error }
    if namesSet.contains(name) { return ConfigurationError("--set: \(complaint)") }
    if let config, named.contains(name) {
      return ConfigurationError("\(config): \(complaint)")
    }
    // Of the preset: there is no option to be blamed, but perhaps one to help.
    if own.contains(where: { $0.name == name }) { return error }
    return ConfigurationError("\(complaint); give another with --set \(name)=…")
  }
}

extension ExampleCount: ExpressibleByArgument {}
