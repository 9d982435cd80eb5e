import ArgumentParser
import Datasets
import Training
import Foundation
import Networks
import Reports
import Runs
import Search
import Tensors

/// Searches an activation function.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Searches the activation function that suits a network and a data set.",
    discussion: """
      Options come from --preset, then --config, then --set, then the others.
      The run's folder gets trace.h5, the whole trajectory, which may be opened at
      any time, config.yaml and result.json; and checkpoints while it lasts.
      A search that was stopped or killed goes on with --resume and its folder.

      EXAMPLES
        grafs-swift search resnet20
        grafs-swift search resnet32 --data cifar10 --preset standard --seed 3
        grafs-swift search --config runs/first/config.yaml --output runs/again
        grafs-swift search --method darts --set shrinking=off --dry-run
        grafs-swift search --resume runs/first
      """)

  @Argument(
    help: """
      The network: \(ModelCatalog.builtIn.names.joined(separator: ", ")). \
      (default: resnet20)
      """)
  var network: String?

  @Option(
    help: """
      Where the options start: quick (minutes), standard (half an hour), paper. (default: quick)
      """)
  var preset: SearchPreset?

  @Option(help: "A YAML file of settings, such as an earlier run's config.yaml.")
  var config: String?

  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Any setting of a configuration file; may be given several times.", valueName: "key=value"))
  var settings: [String] = []

  @Option(help: "How the architecture is relaxed, and how its gradient is taken.")
  var method: SearchMethod?

  @OptionGroup var dataOptions: DataOptions

  @Option(parsing: .unconditional, help: "Length of the search, in epochs.")
  var epochs: Int?

  @Option(parsing: .unconditional, help: "Images that pass through the network at a time.")
  var batchSize: Int?

  @Option(parsing: .unconditional, help: "Where the random numbers come from.")
  var seed: UInt64?

  @Option(
    parsing: .unconditional,
    help: "Search with so many seeds, from --seed on, each in a folder of its own.")
  var seeds = 1

  @Option(parsing: .unconditional, help: "Searches that run side by side, with --seeds.")
  var jobs = 1

  @Option(parsing: .unconditional, help: "Use the first so many training images.")
  var trainImages: Int?

  @Option(
    parsing: .unconditional, help: "The part of them that trains the architecture, from 0 to 1.")
  var validationFraction: Double?

  @Option(parsing: .unconditional, help: "Initial learning rate of the weights.")
  var learningRate: Double?

  @Option(parsing: .unconditional, help: "Learning rate of the architecture parameters.")
  var architectureLearningRate: Double?

  @Option(help: "The run's folder. (default: runs/<network>-<data>-<time>)")
  var output: String?

  @Option(help: "Go on with the stopped search in this folder; other options must agree with it.")
  var resume: String?

  @Flag(
    inversion: .prefixedNo,
    help: "Evaluate cells for every element instead of interpolating: slow, the reference.")
  var exact: Bool?

  @Flag(help: "Print the resolved configuration, the drops, and estimates of time and memory.")
  var dryRun = false

  @Flag(help: "Replace an earlier run in the folder.")
  var force = false

  @Flag(help: "Print result.json's contents, or the plan, as JSON.")
  var json = false

  @OptionGroup var machine: MachineOptions

  func run() throws {
    if let resume { return try resumeRun(in: resume) }
    let configuration = try resolved()
    guard seeds >= 1, jobs >= 1 else {
      throw CommandFailure(
        description:
          "--\(seeds < 1 ? "seeds" : "jobs") is \(min(seeds, jobs)), but must be at least 1")
    }
    if jobs > 1, seeds == 1 {
      throw CommandFailure(
        description: "--jobs needs --seeds, which says how many searches there are")
    }
    if seeds > 1, dryRun {
      throw CommandFailure(description: "--dry-run plans one search; leave out --seeds")
    }
    if seeds > 1 { return try searchSeeds(configuration) }
    let folder = RunFolder(
      path: output
        ?? RunFolder.defaultPath(
          network: configuration.network, dataset: configuration.dataset, date: Date()))
    if !dryRun { try folder.check(replacing: force) }
    try search(configuration, in: folder, resuming: false)
  }

  /// Searches, and prints what was found; or prints the plan.
  func search(_ configuration: RunConfiguration, in folder: RunFolder, resuming: Bool) throws {
    let entry = try ModelCatalog.builtIn.requested(configuration.network)
    let device = try machine.device()
    let dataset = try DatasetCatalog.load(configuration.dataset, from: dataOptions.locations)
    let model = try entry.make(for: dataset.shape, seed: configuration.search.seed)
    if dryRun { return try printPlan(configuration, model, on: dataset, device: device) }
    // Before anything is written.
    try checkData(configuration, model, on: dataset)
    if !resuming { try folder.prepare(replacing: force) }

    let run = SearchRun(
      configuration: configuration, folder: folder, programVersion: ProgramVersion.current,
      commandLine: CommandLine.arguments.joined(separator: " "),
      progress: ProgressReport(isQuiet: machine.quiet), device: device)
    let result: SearchResult
    do {
      result = try run.search(model, on: dataset, resuming: resuming)
    } catch let interruption as Interruption {
      throw stopped(by: interruption, folder: folder)
    }
    if json {
      try StandardOutput.write(try result.json())
    } else {
      try StandardOutput.write(result.summary(folder: folder))
    }
    if result.status != SearchOutcome.finished.rawValue {
      throw CommandFailure(
        description: "the search has diverged, a loss was not finite; try a smaller --learning-rate"
          + (configuration.search.recipe.gradientClip == nil ? ", or --set gradient-clip=5" : ""))
    }
  }

  /// Refuses data of which the search could not make its batches.
  private func checkData(
    _ configuration: RunConfiguration, _ model: some Model, on dataset: any Dataset
  ) throws {
    _ = try SearchData(model.examples(of: dataset), configuration: configuration.search)
  }

  private func printPlan(
    _ configuration: RunConfiguration, _ model: some Model, on dataset: any Dataset, device: Device
  ) throws {
    let data = try SearchData(
      model.examples(of: dataset), configuration: configuration.search)
    let plan = SearchPlan(configuration, model: model, data: data, device: device)
    try StandardOutput.write(
      json ? String(decoding: try plan.json(), as: UTF8.self) : plan.description)
  }

  /// Preset, then file, then options.
  func resolved() throws -> RunConfiguration {
    var configuration = RunConfiguration(
      network: "resnet20", dataset: DatasetCatalog.defaultName,
      search: (preset ?? .quick).configuration)
    if let config { try ConfigurationFile.read(config, into: &configuration) }
    return try options(over: configuration)
  }

  /// A configuration with the options in place of its values.
  func options(over base: RunConfiguration) throws -> RunConfiguration {
    var configuration = base
    for setting in settings { try ConfigurationFile.assign(setting, in: &configuration) }
    configuration.network = network ?? configuration.network
    configuration.dataset = dataOptions.data ?? configuration.dataset
    configuration.search.method = method ?? configuration.search.method
    configuration.search.recipe.epochs = epochs ?? configuration.search.recipe.epochs
    configuration.search.recipe.batchSize = batchSize ?? configuration.search.recipe.batchSize
    configuration.search.seed = seed ?? configuration.search.seed
    configuration.search.trainImages = trainImages ?? configuration.search.trainImages
    configuration.search.validationFraction =
      validationFraction ?? configuration.search.validationFraction
    configuration.search.recipe.learningRate =
      learningRate ?? configuration.search.recipe.learningRate
    configuration.search.architectureLearningRate =
      architectureLearningRate ?? configuration.search.architectureLearningRate
    configuration.search.isExact = exact ?? configuration.search.isExact
    do {
      try configuration.validate()
    } catch {
      throw named(error)
    }
    return configuration
  }

  /// What is wrong with a value, by the name under which it was given: there may be no option of the
  /// setting's name.
  private func named(_ error: ImpossibleValue) -> any Error {
    settings.contains { $0.hasPrefix("\(error.setting)=") }
      ? CommandFailure(description: "--set: '\(error.setting)' \(error.complaint)") : error
  }
}

extension SearchPreset: ExpressibleByArgument {}
extension SearchMethod: ExpressibleByArgument {}
