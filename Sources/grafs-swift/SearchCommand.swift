import ArgumentParser
import Datasets
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
      Options come from --preset, then --config, then the others.
      The run's folder gets trace.h5, the whole trajectory, which may be opened at
      any time, config.yaml and result.json.

      EXAMPLES
        grafs-swift search resnet20
        grafs-swift search resnet32 --data cifar10 --preset standard --seed 3
        grafs-swift search --config runs/first/config.yaml --output runs/again
      """)

  @Argument(
    help: """
      The network: \(NetworkCatalog.entries.map(\.name).joined(separator: ", ")). \
      (default: resnet20)
      """)
  var network: String?

  @Option(help: "Where the options start: quick (minutes), standard (half an hour), paper.")
  var preset: SearchPreset = .quick

  @Option(help: "A YAML file of settings, such as an earlier run's config.yaml.")
  var config: String?

  @OptionGroup var dataOptions: DataOptions

  @Option(parsing: .unconditional, help: "Length of the search, in epochs.")
  var epochs: Int?

  @Option(parsing: .unconditional, help: "Images that pass through the network at a time.")
  var batchSize: Int?

  @Option(parsing: .unconditional, help: "Where the random numbers come from.")
  var seed: UInt64?

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

  @Flag(help: "Evaluate cells for every element instead of interpolating: slow, the reference.")
  var exact = false

  @Flag(help: "Replace an earlier run in the folder.")
  var force = false

  @Flag(help: "Print result.json's contents instead of the summary.")
  var json = false

  @OptionGroup var machine: MachineOptions

  func run() throws {
    let configuration = try resolved()
    let entry = try NetworkCatalog.requested(configuration.network)
    let team = try machine.team()
    let folder = RunFolder(
      path: output
        ?? RunFolder.defaultPath(
          network: configuration.network, dataset: configuration.dataset, date: Date()))
    try folder.check(replacing: force)
    let dataset = try DatasetCatalog.load(configuration.dataset, from: dataOptions.locations)
    let data = try SearchData(dataset, configuration: configuration.search)
    var stream = RandomStream(seed: configuration.search.seed, purpose: "initialization")
    let network = entry.make(dataset.channels, dataset.classes, &stream)
    try folder.prepare(replacing: force)

    let run = SearchRun(
      configuration: configuration, folder: folder, programVersion: ProgramVersion.current,
      commandLine: CommandLine.arguments.joined(separator: " "),
      progress: ProgressReport(isQuiet: machine.quiet), team: team)
    let result = try run.search(network, data: data)
    if json {
      print(String(decoding: try result.json(), as: UTF8.self), terminator: "")
    } else {
      print(result.summary(folder: folder), terminator: "")
    }
    if result.status != SearchOutcome.finished.rawValue {
      throw CommandFailure(
        description: "the search has diverged, a loss was not finite; try a smaller --learning-rate"
      )
    }
  }

  /// Preset, then file, then options.
  private func resolved() throws -> RunConfiguration {
    var configuration = RunConfiguration(
      network: "resnet20", dataset: DatasetCatalog.defaultName, search: preset.configuration)
    if let config { try ConfigurationFile.read(config, into: &configuration) }
    configuration.network = network ?? configuration.network
    configuration.dataset = dataOptions.data ?? configuration.dataset
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
    configuration.search.isExact = exact || configuration.search.isExact
    try configuration.search.validate()
    return configuration
  }
}

extension SearchPreset: ExpressibleByArgument {}
