import Activations
import Datasets
import Training
import Foundation
import Networks
import Runs

/// What the options of `evaluate` ask for, once everything named in them has been found.
struct EvaluationRequest {
  /// What to do.
  let plan: EvaluationPlan
  /// Where the results go.
  let folder: EvaluationFolder
  /// A line for each data set that is left out, with the way to get it.
  let missing: [String]
  /// Whether one of them was named in the options.
  let lacksDemandedData: Bool

  /// A network on a data set, by their names.
  private struct Pair: Hashable {
    let network: String
    let dataset: String
  }

  /// Where a function is tried that was found elsewhere (GRAFS, section 4).
  private static let paperTransfer = [
    Pair(network: "resnet32", dataset: "cifar10"), Pair(network: "resnet56", dataset: "cifar10"),
    Pair(network: "resnet20", dataset: "cifar100"), Pair(network: "resnet20", dataset: "svhn"),
  ]

  /// Reads the options, the functions and the data sets.
  ///
  /// - Throws: One-line errors that name the option or file, and the cure.
  init(_ command: EvaluateCommand) throws {
    try Self.check(command)
    let requested = try command.functions.map { try RequestedFunction($0) }
    let functions = try Self.functions(requested, command)
    let recipe = try Self.recipe(command)
    let runs = requested.compactMap(\.run)
    let home = runs.count == 1 ? runs[0] : nil
    let own = Pair(
      network: command.network ?? home?.result.network ?? "resnet20",
      dataset: command.dataOptions.data ?? home?.result.dataset ?? DatasetCatalog.defaultName)
    let pairs = try Self.pairs(own, command)
    let entries = try pairs.map { try ModelCatalog.builtIn.requested($0.network) }

    let demanded =
      Self.words(command.datasets ?? "") + [command.dataOptions.data].compactMap { $0 }
    var tables: [Pair: EvaluationPlan.Table] = [:]
    var absent: [(name: String, error: DatasetError)] = []
    let count = command.trainImages ?? (command.preset ?? .quick).trainImages
    for name in pairs.map(\.dataset).uniqued {
      let dataset: ImageDataset
      do throws(DatasetError) {
        dataset = try DatasetCatalog.load(name, from: command.dataOptions.locations)
      } catch {
        switch error.problem {
        case .notFound: break
        // Only a part of it is there, and nobody asked for it.
        case .missingFile where !demanded.contains(name): break
        default: throw error
        }
        absent.append((name, error))
        continue
      }
      for (pair, entry) in zip(pairs, entries) where pair.dataset == name {
        tables[pair] = try EvaluationPlan.Table(
          network: entry, dataset: dataset, trainImages: count, recipe: recipe,
          functions: functions)
      }
    }
    if tables.isEmpty, let first = absent.first { throw first.error }
    missing = absent.map { "left out: \($0.error)" }
    lacksDemandedData = absent.contains { demanded.contains($0.name) }
    let first = command.seed
    let seeds = command.seeds ?? (command.preset ?? .quick).seeds
    plan = EvaluationPlan(
      functions: functions, tables: pairs.compactMap { tables[$0] },
      seeds: (0..<UInt64(seeds)).map { first &+ $0 }, recipe: recipe,
      testsEveryEpoch: command.testEveryEpoch, savesWeights: command.saveWeights)
    folder = EvaluationFolder(
      path: command.output ?? home.map { EvaluationFolder.path(inRun: $0.folder) }
        ?? RunFolder.defaultPath(
          kind: "evaluation", network: own.network, dataset: own.dataset, date: Date()))
  }

  private static func check(_ command: EvaluateCommand) throws {
    if let seeds = command.seeds {
      try ImpossibleValue.check(
        (1...1000).contains(seeds), "seeds", seeds, mustBe: "from 1 to 1000")
    }
    try ImpossibleValue.check(
      (1...256).contains(command.jobs), "jobs", command.jobs, mustBe: "from 1 to 256")
    if let bound = command.bound?.bound {
      try ImpossibleValue.check(
        bound > 0 && bound.isFinite, "bound", bound, mustBe: "a positive number, such as 10")
    }
    for (option, value) in [("--networks", command.networks), ("--datasets", command.datasets)]
    where value != nil && !command.transfer {
      throw CommandFailure(
        description: "\(option) needs --transfer; for a single one give "
          + (option == "--networks" ? "--network" : "--data"))
    }
    let pairs = [
      ("--network", command.network, "--networks", command.networks),
      ("--data", command.dataOptions.data, "--datasets", command.datasets),
    ]
    for (one, single, many, several) in pairs where single != nil && several != nil {
      throw CommandFailure(
        description: "\(one) cannot go with \(many); name all of them in \(many)")
    }
    let lists = [
      ("--networks", command.networks), ("--datasets", command.datasets),
      ("--baselines", command.baselines),
    ]
    for (option, value) in lists where value.map({ words($0).isEmpty }) == true {
      throw CommandFailure(
        description: "\(option) is empty; give names joined by commas"
          + (option == "--baselines" ? ", none or all" : ", or leave it out"))
    }
    for (option, path) in [("--csv", command.csv), ("--hdf5", command.hdf5)] {
      if let path { try checkTarget(path, option) }
    }
    if let csv = command.csv,
      command.hdf5.map({ URL(fileURLWithPath: $0) }) == URL(fileURLWithPath: csv)
    {
      throw CommandFailure(description: "--csv and --hdf5 name the same file; give two")
    }
    for (option, value) in [("--csv", command.csv), ("--hdf5", command.hdf5)]
    where value != nil && command.dryRun {
      throw CommandFailure(
        description: "\(option) writes results, and --dry-run has none; leave out one of them")
    }
  }

  /// Makes sure, before anything is trained, that a file can be written and that it is not one of a
  /// run's.
  private static func checkTarget(_ path: String, _ option: String) throws {
    let url = URL(fileURLWithPath: path)
    let files = FileManager.default
    var isFolder: ObjCBool = false
    let isThere = files.fileExists(atPath: url.path, isDirectory: &isFolder)
    let run = RunFolder(path: url.deletingLastPathComponent().path)
    let own = [run.trace, run.result, run.configuration].map(\.lastPathComponent)
    let complaint: String? =
      if path.isEmpty {
        "is empty"
      } else if isThere && isFolder.boolValue {
        "\(path) is a folder"
      } else if own.contains(url.lastPathComponent) {
        "\(path) would replace a file of a run"
      } else if !files.isWritableFile(atPath: isThere ? url.path : run.url.path) {
        "\(path) cannot be written"
      } else {
        nil
      }
    if let complaint {
      throw CommandFailure(description: "\(option): \(complaint); name another file")
    }
  }

  private static func functions(
    _ requested: [RequestedFunction], _ command: EvaluateCommand
  ) throws -> [Contender] {
    let names =
      switch command.baselines {
      case nil: Baselines.grafs.map(\.name)
      case "all": Baselines.all.map(\.name)
      case "none": [String]()
      case let text?: words(text)
      }
    let functions = Contender.merged(
      given: requested.map { Contender(given: $0, limits: command.bound?.limits) },
      baselines: try names.map { try Contender(baseline: $0) })
    guard !functions.isEmpty else {
      throw CommandFailure(
        description: "there is nothing to evaluate; give a run, an operation's name or a formula, "
          + "or leave out --baselines none")
    }
    if requested.isEmpty, command.bound != nil {
      throw CommandFailure(
        description: "--bound needs a function; baselines are never clipped")
    }
    return functions
  }

  private static func recipe(_ command: EvaluateCommand) throws -> TrainingRecipe {
    var recipe = (command.preset ?? .quick).recipe
    recipe.epochs = command.epochs ?? recipe.epochs
    recipe.batchSize = command.batchSize ?? recipe.batchSize
    recipe.learningRate = command.learningRate ?? recipe.learningRate
    try recipe.validate()
    return recipe
  }

  /// The networks and data sets: the own pair, or the matrix of `--transfer`, in which the own pair comes
  /// first where it is asked for.
  private static func pairs(_ own: Pair, _ command: EvaluateCommand) throws -> [Pair] {
    guard command.transfer else { return [own] }
    var pairs = paperTransfer
    if command.networks != nil || command.datasets != nil {
      let networks = command.networks.map(words) ?? [own.network]
      let datasets = command.datasets.map(words) ?? [own.dataset]
      pairs =
        datasets.flatMap { dataset in
          networks.map { Pair(network: $0, dataset: dataset) }
        }.uniqued
    }
    // What was named is wanted, unless it only completes the matrix.
    let isNamed =
      (command.network != nil || command.dataOptions.data != nil)
      && command.networks == nil && command.datasets == nil
    guard isNamed || pairs.contains(own) else { return pairs }
    return [own] + pairs.filter { $0 != own }
  }

  private static func words(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
  }
}

extension Array where Element: Hashable {
  /// Every element once, where it stands first.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
