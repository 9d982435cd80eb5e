import Activations
import ArgumentParser
import Datasets
import Evaluation
import Foundation
import Networks
import Reports
import Runs

/// Trains a network with given functions and scores it on the test images.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Trains a network with activation functions and scores it on the test images.",
    usage: "grafs-swift evaluate [<options>] <functions> ...",
    discussion: """
      A function stands at all activation sites; 'stage0: relu(x); stage1: silu(x);
      stage2: x' gives each stage its own, and site0, site1, … each site.

      EXAMPLES
        grafs-swift evaluate relu --data cifar10 --epochs 3
        grafs-swift evaluate relu gelu silu --network resnet20 --seed 1 --json
        grafs-swift evaluate relu 'sigmoid(gelu(x)) * gelu(x)'
      """)

  @Argument(
    help: "Unary operations by name, such as relu, or formulas, such as 'sigmoid(x) * gelu(x)'.")
  var functions: [String]

  @Option(help: "The network: \(NetworkCatalog.names.joined(separator: ", ")).")
  var network = "resnet20"

  @OptionGroup var dataOptions: DataOptions

  @Option(parsing: .unconditional, help: "Length of each training, in epochs.")
  var epochs = 3

  @Option(parsing: .unconditional, help: "Images that pass through the network at a time.")
  var batchSize = 128

  @Option(parsing: .unconditional, help: "Use the first so many training images.")
  var trainImages: Int?

  @Option(parsing: .unconditional, help: "Initial learning rate; it falls to 0 along a cosine.")
  var learningRate = 0.1

  @Option(
    parsing: .unconditional,
    help: "Clip the outputs of operations to ± this number, as a search does. (default: not)")
  var bound: Double?

  @Option(parsing: .unconditional, help: "Where the random numbers come from.")
  var seed: UInt64 = 0

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var machine: MachineOptions

  func run() throws {
    var recipe = TrainingRecipe(epochs: epochs, batchSize: batchSize)
    recipe.learningRate = learningRate
    recipe.schedule = .cosine
    try recipe.validate()
    if let bound, !(bound > 0 && bound.isFinite) {
      throw CommandFailure(
        description: "--bound is \(bound), but must be a positive number, such as 10")
    }
    let functions = try functions.map { try EvaluatedFunction($0, bound: bound) }
    let entry = try NetworkCatalog.requested(network)
    let team = try machine.team()
    let dataset = try DatasetCatalog.load(
      dataOptions.data ?? DatasetCatalog.defaultName, from: dataOptions.locations)
    let run = try EvaluationRun(
      network: entry, dataset: dataset, recipe: recipe, trainImages: trainImages, seed: seed,
      progress: ProgressReport(isQuiet: machine.quiet), team: team)
    let results = try functions.map { try run.evaluate($0) }
    if json {
      print(String(decoding: try EvaluationResult.json(results), as: UTF8.self), terminator: "")
    } else {
      print(EvaluationResult.table(results), terminator: "")
    }
    let diverged = results.filter { $0.testAccuracy == nil }.map(\.function)
    if !diverged.isEmpty {
      throw CommandFailure(
        description: "training with \(diverged.joined(separator: ", ")) has diverged, a loss was "
          + "not finite; try a smaller --learning-rate")
    }
  }
}
